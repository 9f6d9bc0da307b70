@NullMarked
package dev.cairn.server.ledger;

import org.jspecify.annotations.NullMarked;
