/** Bundles: changes carried by hand. */
@NullMarked
package dev.cairn.client.courier;

import org.jspecify.annotations.NullMarked;
