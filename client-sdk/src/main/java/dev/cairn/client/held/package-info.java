/** Everybody's changes as a coordinator's device holds them. */
@NullMarked
package dev.cairn.client.held;

import org.jspecify.annotations.NullMarked;
