/** The ledger in one SQLite file: one writer, several readers, a durable commit. */
@NullMarked
package dev.cairn.server.sqlite;

import org.jspecify.annotations.NullMarked;
