/** One seed, one world: who acts when, and what goes wrong. */
@NullMarked
package dev.cairn.simulation.world;

import org.jspecify.annotations.NullMarked;
