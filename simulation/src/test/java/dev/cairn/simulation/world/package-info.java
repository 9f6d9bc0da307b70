/** Tests of the parts of a world. */
@NullMarked
package dev.cairn.simulation.world;

import org.jspecify.annotations.NullMarked;
