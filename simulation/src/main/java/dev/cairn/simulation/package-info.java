/** Runs worlds, and plants bugs to see that they are caught. */
@NullMarked
package dev.cairn.simulation;

import org.jspecify.annotations.NullMarked;
