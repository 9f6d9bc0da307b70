/** What Cairn costs, beside what the machine can do in the same minute: which rows there are. */
@NullMarked
package dev.cairn.benchmarks;

import org.jspecify.annotations.NullMarked;
