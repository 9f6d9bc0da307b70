package dev.cairn.simulation.disk;

import dev.cairn.client.StoreDrivers;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.CairnException;
import java.nio.file.Path;
import java.util.Set;

/** What one machine remembers with, and what becomes of it when its power goes. */
public interface Disk {

  /** What goes wrong. */
  DiskPlan plan();

  /** What the stores on it are kept with. */
  StoreDrivers drivers();

  /** Ends the life of whatever runs now. */
  void powerOff();

  /** Whatever ran is gone: from here on there is what it left. */
  void powerOn();

  /** A copy of everything, as somebody takes a backup of a phone. */
  Copy image();

  /** Puts a copy of this disk back; whatever runs dies of it. */
  void restore(Copy copy) throws CairnException;

  /** Begins with a copy of another disk. */
  void begin(Path folder, Copy copy) throws CairnException;

  /** The names of the keys that were not destroyed. */
  Set<KeyName> keyNames() throws CairnException;

  /** What a disk held once. */
  interface Copy {}
}
