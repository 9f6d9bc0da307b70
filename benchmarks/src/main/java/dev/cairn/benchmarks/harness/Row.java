package dev.cairn.benchmarks.harness;

/**
 * One line of the table.
 *
 * @param name what it is asked for by
 * @param family rows of one family are measured by the same process, one after another
 * @param unit of figure and limit
 * @param better which way the figure is meant to go
 * @param about what is measured
 * @param limit what it is held against; empty if there is nothing
 * @param aim what the ratio or the figure should be
 * @param area whose work reaches the aim
 * @param forks how many processes measure it, unless said otherwise
 */
public record Row(
    String name,
    String family,
    String unit,
    Better better,
    String about,
    String limit,
    String aim,
    String area,
    int forks) {}
