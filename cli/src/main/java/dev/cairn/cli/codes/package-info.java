/** QR codes: drawn on a terminal, in pictures and on pages, and found in pictures. */
@NullMarked
package dev.cairn.cli.codes;

import org.jspecify.annotations.NullMarked;
