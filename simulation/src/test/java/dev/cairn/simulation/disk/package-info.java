/** Tests of the parts of a world. */
@NullMarked
package dev.cairn.simulation.disk;

import org.jspecify.annotations.NullMarked;
