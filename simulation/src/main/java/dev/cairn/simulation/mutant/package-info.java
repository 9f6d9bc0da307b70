/** Bugs that are planted on purpose, and whether anybody notices. */
@NullMarked
package dev.cairn.simulation.mutant;

import org.jspecify.annotations.NullMarked;
