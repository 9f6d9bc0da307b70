/**
 * What a request is and whether it may be made, without the network it came by: who signed it, what
 * its query says, what is answered about the log. {@link dev.cairn.server.http} is the rim around
 * it.
 */
@NullMarked
package dev.cairn.server.request;

import org.jspecify.annotations.NullMarked;
