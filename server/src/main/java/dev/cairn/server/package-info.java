/**
 * The blind relay as a program starts it: {@link dev.cairn.server.Server} runs one, {@link
 * dev.cairn.server.check.ServerState} looks at one that is not running.
 */
@NullMarked
package dev.cairn.server;

import org.jspecify.annotations.NullMarked;
