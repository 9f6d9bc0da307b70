/** Links that are slower than a loopback, in real time and in virtual time. */
@NullMarked
package dev.cairn.benchmarks.link;

import org.jspecify.annotations.NullMarked;
