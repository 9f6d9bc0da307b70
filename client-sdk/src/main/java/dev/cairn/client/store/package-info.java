/**
 * The device's rows: a small port that a driver implements, and the encryption above it that the
 * driver never sees through.
 */
@NullMarked
package dev.cairn.client.store;

import org.jspecify.annotations.NullMarked;
