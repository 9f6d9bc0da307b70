/**
 * What client and server must agree on about HTTP: names, the signature of a request (RFC 9421) and
 * the digest of a body (RFC 9530). Pure text and bytes; nothing here opens a connection.
 */
@NullMarked
package dev.cairn.protocol.http;

import org.jspecify.annotations.NullMarked;
