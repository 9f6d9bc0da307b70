/** {@link dev.cairn.client.transport.Transport} over OkHttp. */
@NullMarked
package dev.cairn.client.okhttp;

import org.jspecify.annotations.NullMarked;
