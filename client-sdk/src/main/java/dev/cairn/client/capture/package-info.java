/** Writing changes: sessions, places in the feed, clocks, and what is kept until sealing. */
@NullMarked
package dev.cairn.client.capture;

import org.jspecify.annotations.NullMarked;
