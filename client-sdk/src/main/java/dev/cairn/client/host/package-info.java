/** What a device asks of the machine it runs on. */
@NullMarked
package dev.cairn.client.host;

import org.jspecify.annotations.NullMarked;
