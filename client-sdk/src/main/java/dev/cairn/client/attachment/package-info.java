/** Encrypted files beside changes: sealed as they are read, sent and fetched piece by piece. */
@NullMarked
package dev.cairn.client.attachment;

import org.jspecify.annotations.NullMarked;
