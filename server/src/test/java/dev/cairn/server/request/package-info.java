/** Tests of single parts of the HTTP front. */
@NullMarked
package dev.cairn.server.request;

import org.jspecify.annotations.NullMarked;
