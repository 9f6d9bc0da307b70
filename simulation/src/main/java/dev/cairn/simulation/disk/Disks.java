package dev.cairn.simulation.disk;

import java.nio.file.Path;
import java.util.List;

/** What the machines of one world remember with. */
public interface Disks {

  /** Disks below which nothing is real. */
  Disks SIMULATED =
      new Disks() {
        @Override
        public Disk of(Path folder) {
          return new SimulatedDisk();
        }

        @Override
        public PowerSupply ofServer(Path folder) {
          return PowerSupply.STEADY;
        }

        @Override
        public List<String> lost() {
          return List.of();
        }

        @Override
        public long images() {
          return 0;
        }
      };

  /** The disk of a machine whose store is in this folder. */
  Disk of(Path folder);

  /** The power of a server whose ledger is in this folder. */
  PowerSupply ofServer(Path folder);

  /** What was said to be durable and is not in what a cut of power would leave. */
  List<String> lost();

  /** How many images of what a cut leaves were opened. */
  long images();
}
