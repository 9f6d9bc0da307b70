/** The cairn program: parses, calls, prints. */
@NullMarked
package dev.cairn.cli;

import org.jspecify.annotations.NullMarked;
