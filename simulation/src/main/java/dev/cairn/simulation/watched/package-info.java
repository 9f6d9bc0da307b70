/** Processes of ours whose calls of the operating system are recorded, and what plays in them. */
@NullMarked
package dev.cairn.simulation.watched;

import org.jspecify.annotations.NullMarked;
