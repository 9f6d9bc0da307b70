/** A disk that fails when a test says so, at any step of what a device writes. */
@NullMarked
package dev.cairn.client.disk;

import org.jspecify.annotations.NullMarked;
