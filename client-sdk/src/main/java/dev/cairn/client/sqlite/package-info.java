/** Rows in one SQLite file, over JDBC. */
@NullMarked
package dev.cairn.client.sqlite;

import org.jspecify.annotations.NullMarked;
