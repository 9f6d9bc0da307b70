package dev.cairn.simulation.world;

/** The kinds of things that go wrong in a world. */
public enum Fault {
  /** A link was cut while a device was sending. */
  LINK_CUT_UP,
  /** A link was cut while a device was receiving. */
  LINK_CUT_DOWN,
  /** A link that cannot receive while it sends. */
  LINK_HALF_DUPLEX,
  /** The server could not be reached. */
  SERVER_UNREACHABLE,
  /** A recorded request was made once more, at once or much later. */
  REQUEST_REPLAYED,
  /** Somebody else acted in the middle of a push. */
  PUSH_INTERLEAVED,
  /** A bundle arrived long after it was written. */
  BUNDLE_LATE,
  /** A bundle arrived twice. */
  BUNDLE_TWICE,
  /** A bundle arrived with altered bytes. */
  BUNDLE_ALTERED,
  /** A bundle arrived cut short. */
  BUNDLE_CUT,
  /** A bundle had room for a part only. */
  BUNDLE_SMALL,
  /** Two devices that had met were parted in the middle of a byte or a word. */
  MEETING_CUT,
  /** Somebody altered what two devices said to each other. */
  MEETING_ALTERED,
  /** A device died at a durable write. */
  DEVICE_CRASH,
  /** A device's disk was full. */
  DEVICE_DISK_FULL,
  /** A device was put back to an old backup. */
  DEVICE_RESTORED,
  /** A coordinator's computer was put back to an old backup. */
  DESK_RESTORED,
  /** A device was locked and opened again. */
  DEVICE_LOCKED,
  /** A device's clock was set wrong, by up to years. */
  CLOCK_WRONG,
  /** Nobody heard of anybody for weeks. */
  LONG_SILENCE,
  /** Somebody did nothing but sync for months. */
  MONTHS,
  /** The server died at a write. */
  SERVER_CRASH,
  /** The server's disk was full. */
  SERVER_DISK_FULL,
  /** The server lost its disk and was put back from a backup, which it says. */
  SERVER_RESTORED,
  /** An operator let a restored server go on under its old key, for nothing was missing. */
  SERVER_RESUMED,
  /** An owner opened a generation of the log of a restored server. */
  GENERATION_AFTER_RESTORE,
  /** An owner opened a generation of the log of a healthy server. */
  GENERATION_OPENED,
  /** A member was cut off. */
  SUSPENSION,
  /** A circle got new keys. */
  REKEY,
  /** Two coordinators gave a circle new keys without knowing of each other. */
  REKEY_CONCURRENT,
  /** A change was withdrawn. */
  ERASURE,
  /** The server showed two histories. */
  SERVER_FORKS,
  /** The server went back to an older state and said nothing. */
  SERVER_ROLLS_BACK,
  /** The server kept something back. */
  SERVER_WITHHOLDS,
  /** The server altered what it sent. */
  SERVER_REWRITES,
  /** The server gave an old answer again. */
  SERVER_REPLAYS,
  /** The server sent entries in another order. */
  SERVER_REORDERS,
  /** The server put keys of its own into a roster. */
  SERVER_FORGES,
  /** The server gave receipts for what it did not keep. */
  SERVER_ACKNOWLEDGES,
  /** The server logged a change without the one before it, and gave a receipt for it. */
  SERVER_SKIPS,
  /** A server answered that has not the key of the log. */
  SERVER_IMPOSTOR,
  /** A device signed two changes for one place. */
  DEVICE_FORKS,
  /** A device signed a clock of long ago, or far ahead. */
  DEVICE_BACKDATES,
  /** A device claimed to have seen what it had not. */
  DEVICE_FORGES_PARENTS,
  /** A device decided without the role. */
  DEVICE_DECIDES,
  /** A device withdrew what it may not. */
  DEVICE_ERASES,
  /** A device sent what is no entry. */
  DEVICE_MALFORMED,
  /** A device sent more than is allowed. */
  DEVICE_OVERSIZED,
  /** A device signed in another's name. */
  DEVICE_IMPERSONATES,
  /** A device signed so that some verifiers take it and others do not. */
  DEVICE_SIGNS_DENIABLY,
  /** A device that was cut off wrote on, and handed it in by every way there is. */
  DEVICE_GOES_ON,
  /** A device committed itself to another key than the one it sealed with. */
  DEVICE_MISCOMMITS,
  /** A device made statements that it has no right to, or in another's name. */
  DEVICE_DECREES,
  /** A device asked for what is not for it, also in another's name. */
  DEVICE_PRIES,
  /** A device that is no desk told another that its change was opened. */
  DEVICE_CONFIRMS,
  /** A courier handed in receipts of his own making. */
  COURIER_FORGES,
  /** A courier left bodies out of what he brought, and named places in the log. */
  COURIER_MISLEADS
}
