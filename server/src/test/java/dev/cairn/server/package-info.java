/** Tests over real HTTP and a real SQLite file. */
@NullMarked
package dev.cairn.server;

import org.jspecify.annotations.NullMarked;
