/** Talking to the server: what goes up, what comes down, and what is believed of it. */
@NullMarked
package dev.cairn.client.sync;

import org.jspecify.annotations.NullMarked;
