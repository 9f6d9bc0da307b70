/** The server's logic without its HTTP rim, on a machine that can die and be restored. */
@NullMarked
package dev.cairn.simulation.server;

import org.jspecify.annotations.NullMarked;
