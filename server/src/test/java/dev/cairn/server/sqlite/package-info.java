/** Tests of the store in SQLite. */
@NullMarked
package dev.cairn.server.sqlite;

import org.jspecify.annotations.NullMarked;
