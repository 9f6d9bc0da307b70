/**
 * Cutting devices off, replacing them, and judging what they made beyond. What lies beyond a
 * suspension is kept and does not count; a coordinator lets it count change by change.
 */
@NullMarked
package dev.cairn.client.leaving;

import org.jspecify.annotations.NullMarked;
