package dev.cairn.server.ledger;

import dev.cairn.protocol.log.LogOrigin;

/**
 * How far a space's log has come.
 *
 * @param origin the log's name in checkpoints
 * @param generation the life of the log, from 0
 * @param size leaves
 */
public record LogHead(LogOrigin origin, long generation, long size) {}
