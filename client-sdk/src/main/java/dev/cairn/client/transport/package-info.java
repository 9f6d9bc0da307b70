/** The port through which a device reaches a server: requests out, bytes back, nothing else. */
@NullMarked
package dev.cairn.client.transport;

import org.jspecify.annotations.NullMarked;
