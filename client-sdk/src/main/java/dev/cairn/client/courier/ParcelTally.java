package dev.cairn.client.courier;

import dev.cairn.client.intake.Taken;

/** Counts what comes out of a bundle. */
final class ParcelTally {

  private long fresh;
  private long known;
  private long refused;
  private long forOthers;
  private long receipts;

  void taken(Taken taken) {
    fresh += taken.fresh();
    known += taken.known();
    refused += taken.refused();
  }

  void receipts(int count) {
    receipts += count;
  }

  void refused() {
    refused++;
  }

  void forOthers() {
    forOthers++;
  }

  BundleImport result() {
    return new BundleImport(fresh, known, refused, forOthers, receipts);
  }
}
