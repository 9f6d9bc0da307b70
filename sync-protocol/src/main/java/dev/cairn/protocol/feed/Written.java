package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.RecordId;

/**
 * A change just written, and what only its writer knows of it.
 *
 * @param change signed, with its ciphertext
 * @param record the record it is about: the one the body named, or the one this change opens
 */
public record Written(Change change, RecordId record) {}
