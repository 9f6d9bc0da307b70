/** Tests of the simulation itself, and fifty of its worlds. */
@NullMarked
package dev.cairn.simulation;

import org.jspecify.annotations.NullMarked;
