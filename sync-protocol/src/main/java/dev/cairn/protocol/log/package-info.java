/**
 * The space's append-only Merkle log: tree hashing, proofs, signed checkpoints and receipts.
 *
 * <p>Hashing and proofs follow RFC 6962 and RFC 9162 with SHA-256; checkpoints are C2SP signed
 * notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), so that witnesses written by others can
 * follow the log.
 */
@NullMarked
package dev.cairn.protocol.log;

import org.jspecify.annotations.NullMarked;
