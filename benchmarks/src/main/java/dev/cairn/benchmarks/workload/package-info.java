/** Spaces with people in them, and what they write, ready before anything is timed. */
@NullMarked
package dev.cairn.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
