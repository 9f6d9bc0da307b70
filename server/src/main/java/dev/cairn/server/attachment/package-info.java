/** Encrypted files beside the ledger: growing, complete, forgotten. */
@NullMarked
package dev.cairn.server.attachment;

import org.jspecify.annotations.NullMarked;
