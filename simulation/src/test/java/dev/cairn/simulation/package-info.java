/** Tests of the simulation itself, and the first of its worlds. */
@NullMarked
package dev.cairn.simulation;

import org.jspecify.annotations.NullMarked;
