/** The blind relay: accepts, orders, proves, stores and serves what it cannot read. */
@NullMarked
package dev.cairn.server;

import org.jspecify.annotations.NullMarked;
