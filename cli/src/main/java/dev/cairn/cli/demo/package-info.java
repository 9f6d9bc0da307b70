/**
 * {@code cairn demo}: the whole road, walked by public commands in processes of their own. It knows
 * nothing but what those commands print; only the kill, the changed bytes and the listening-in
 * proxy are its own.
 */
@NullMarked
package dev.cairn.cli.demo;

import org.jspecify.annotations.NullMarked;
