/** How a row is measured: processes of its own, samples, medians with their spread. */
@NullMarked
package dev.cairn.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
