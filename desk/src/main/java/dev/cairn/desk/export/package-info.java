/** Merged records as files for other programs. */
@NullMarked
package dev.cairn.desk.export;

import org.jspecify.annotations.NullMarked;
