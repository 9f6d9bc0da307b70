/**
 * What a space accepts, in which order, and why: pure logic over the {@link
 * dev.cairn.server.ledger.LedgerStore} port, with the clock handed in and no threads of its own.
 */
@NullMarked
package dev.cairn.server.ledger;

import org.jspecify.annotations.NullMarked;
