package dev.cairn.simulation.world;

/** A bundle on its way. */
final class Stick {

  private final String from;
  private final byte[] bundle;
  private final long madeMillis;

  Stick(String from, byte[] bundle, long madeMillis) {
    this.from = from;
    this.bundle = bundle;
    this.madeMillis = madeMillis;
  }

  /** A copy of its bytes. */
  byte[] bytes() {
    return bundle.clone();
  }

  /** When it was written. */
  long madeMillis() {
    return madeMillis;
  }

  @Override
  public String toString() {
    return "a bundle from " + from;
  }
}
