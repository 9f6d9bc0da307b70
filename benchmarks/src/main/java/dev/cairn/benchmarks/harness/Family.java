package dev.cairn.benchmarks.harness;

import java.util.List;

/** Rows that share what has to be prepared for them. */
public interface Family {

  /** Its rows, in the order of the table. */
  List<Row> rows();

  /** Measures those that are wanted, once; warms up before. */
  List<Sample> measure(Fork fork) throws Exception;
}
