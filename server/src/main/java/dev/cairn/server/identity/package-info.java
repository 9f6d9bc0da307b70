/** Who the server is: its TLS key, the keys of its logs, its bundle key, its invitation. */
@NullMarked
package dev.cairn.server.identity;

import org.jspecify.annotations.NullMarked;
