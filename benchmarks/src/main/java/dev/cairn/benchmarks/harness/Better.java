package dev.cairn.benchmarks.harness;

/** Which way a figure is meant to go. */
public enum Better {
  /** A rate: its limit is never exceeded, and a ratio near 1 is good. */
  MORE,
  /** A time or a size: the ratio says how many times the limit it takes. */
  LESS
}
