/** Time that passes when it is told to. */
@NullMarked
package dev.cairn.simulation.time;

import org.jspecify.annotations.NullMarked;
