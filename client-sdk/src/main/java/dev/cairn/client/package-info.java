/** The device: what an application embeds to record reports and carry them. */
@NullMarked
package dev.cairn.client;

import org.jspecify.annotations.NullMarked;
