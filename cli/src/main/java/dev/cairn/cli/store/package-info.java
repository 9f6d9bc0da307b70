/** Commands about a store as a whole, and how every command opens one. */
@NullMarked
package dev.cairn.cli.store;

import org.jspecify.annotations.NullMarked;
