/** {@code cairn serve}: the relay as a process. */
@NullMarked
package dev.cairn.cli.serve;

import org.jspecify.annotations.NullMarked;
