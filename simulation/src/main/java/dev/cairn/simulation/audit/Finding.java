package dev.cairn.simulation.audit;

/**
 * A promise that was broken.
 *
 * @param promise which one: P1 to P10
 * @param what happened, with ids and no word of a report
 */
public record Finding(String promise, String what) {}
