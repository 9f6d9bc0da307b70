/** Simulated worlds, and bugs planted in them. */
@NullMarked
package dev.cairn.cli.sim;

import org.jspecify.annotations.NullMarked;
