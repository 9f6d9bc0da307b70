/** What is measured; each class a family of rows that share their preparation. */
@NullMarked
package dev.cairn.benchmarks.rows;

import org.jspecify.annotations.NullMarked;
