/** {@code cairn quarantine}: what suspended devices made beyond, and what is decided about it. */
@NullMarked
package dev.cairn.cli.quarantine;

import org.jspecify.annotations.NullMarked;
