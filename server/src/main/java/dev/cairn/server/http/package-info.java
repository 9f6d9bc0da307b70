/** The server's face: routes, request signatures, streams, uploads, and every refusal. */
@NullMarked
package dev.cairn.server.http;

import org.jspecify.annotations.NullMarked;
