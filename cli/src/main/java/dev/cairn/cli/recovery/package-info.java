/** {@code cairn recovery}: the recovery secret in shares that are printed, and back from them. */
@NullMarked
package dev.cairn.cli.recovery;

import org.jspecify.annotations.NullMarked;
