/**
 * Encrypted files: sealed and opened piece by piece, or any chunk by itself, without input or
 * output of its own.
 *
 * <p>{@link dev.cairn.protocol.attachment.ChunkSealer} and {@link
 * dev.cairn.protocol.attachment.ChunkOpener} are the published format (c2sp.org/chunked-encryption,
 * instantiated as Cobblestone-256); the attachment classes add padding, which hides a file's size,
 * and the id, which names the encrypted bytes.
 */
@NullMarked
package dev.cairn.protocol.attachment;

import org.jspecify.annotations.NullMarked;
