/**
 * Casualty JSON Lines, in and out: one incident a line, as organisations of the field exchange
 * them. Nothing about a file is trusted, and of what is accepted no key and no character is lost.
 */
@NullMarked
package dev.cairn.client.casualty;

import org.jspecify.annotations.NullMarked;
