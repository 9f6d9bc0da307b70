/** What the machine can do: each class one thing, measured where a figure is held against it. */
@NullMarked
package dev.cairn.benchmarks.limit;

import org.jspecify.annotations.NullMarked;
