/** Servers: as a process of its own, and as a way to a ledger in this process. */
@NullMarked
package dev.cairn.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
