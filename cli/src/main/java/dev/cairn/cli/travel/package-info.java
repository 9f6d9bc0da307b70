/** Commands by which changes travel: over the network, and by hand. */
@NullMarked
package dev.cairn.cli.travel;

import org.jspecify.annotations.NullMarked;
