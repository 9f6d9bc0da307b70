/** The server's data directory: who may hold it, where its files are, and how they are written. */
@NullMarked
package dev.cairn.server.directory;

import org.jspecify.annotations.NullMarked;
