/** Commands of who records: import, add, edit, attach, list, show, answer. */
@NullMarked
package dev.cairn.cli.report;

import org.jspecify.annotations.NullMarked;
