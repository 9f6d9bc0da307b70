package dev.cairn.simulation.disk;

/** Where a machine's power comes from: what a cut leaves of its files. */
public interface PowerSupply {

  /** Of a machine that dies between two writes only, and keeps all that was written. */
  PowerSupply STEADY =
      new PowerSupply() {
        @Override
        public boolean cutsWithin() {
          return false;
        }

        @Override
        public void started() {}

        @Override
        public void beforeWrite(boolean last) {}

        @Override
        public void answered() {}

        @Override
        public void cut(boolean within) {}

        @Override
        public void back() {}
      };

  /** Whether it is cut in the middle of a write, which then has to be made. */
  boolean cutsWithin();

  /** The machine starts with the files that there are. */
  void started();

  /**
   * A write comes now.
   *
   * @param last whether the power goes with it
   */
  void beforeWrite(boolean last);

  /** Something was written and is said to be durable. */
  void answered();

  /**
   * The power goes.
   *
   * @param within whether in the middle of the last write, or right after it
   */
  void cut(boolean within);

  /** Whatever ran is gone, and the files are what the cut left. */
  void back();
}
