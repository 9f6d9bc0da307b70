/** Tests of single parts of the HTTP front. */
@NullMarked
package dev.cairn.server.http;

import org.jspecify.annotations.NullMarked;
