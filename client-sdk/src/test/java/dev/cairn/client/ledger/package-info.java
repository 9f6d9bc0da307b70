/**
 * An honest server in memory, made from the protocol's own classes, and ways for it to go wrong.
 */
@NullMarked
package dev.cairn.client.ledger;

import org.jspecify.annotations.NullMarked;
