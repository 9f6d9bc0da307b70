/** Phones and desks: machines with the real client on them. */
@NullMarked
package dev.cairn.simulation.device;

import org.jspecify.annotations.NullMarked;
