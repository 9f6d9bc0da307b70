package dev.cairn.protocol.merge;

import dev.cairn.protocol.record.Operation;

/**
 * A statement that stands beside others and never meets them: note, comment, question, answer,
 * confirmation, attachment, retraction.
 *
 * @param operation what was said
 * @param origin by whom
 * @param retracted whether its member took it back
 */
public record Entry(Operation operation, Origin origin, boolean retracted) {}
