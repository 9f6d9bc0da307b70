package dev.cairn.simulation.crash;

/** What one call of the operating system did to the files of one folder. */
sealed interface Effect {

  /** A file was made, empty. */
  record Made(String name) implements Effect {}

  /** Bytes were written. */
  record Wrote(String name, long at, FileBytes bytes) implements Effect {}

  /** A file has another length. */
  record Resized(String name, long length) implements Effect {}

  /** What was written to a file is on the medium. */
  record Synced(String name) implements Effect {}

  /** The names are on the medium. */
  record NamesSynced() implements Effect {}

  /** A file has another name, and who had it before has none. */
  record Renamed(String from, String to) implements Effect {}

  /** A name is gone. */
  record Removed(String name) implements Effect {}

  /** Something that is not understood; no image can be made of this file. */
  record Unknown(String name, String call) implements Effect {}
}
