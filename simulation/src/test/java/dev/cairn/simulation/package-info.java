/** Tests of the simulation itself, and a few hundred of its worlds. */
@NullMarked
package dev.cairn.simulation;

import org.jspecify.annotations.NullMarked;
