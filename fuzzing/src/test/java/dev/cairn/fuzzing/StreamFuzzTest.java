package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.Verdict;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The streams of section 3: entries, frames, and what a feed makes of the frames. */
class StreamFuzzTest {

  @FuzzTest
  void stream_ofAnyBytes_isRefusedOrWrittenAgainTheSame(byte[] input) {
    Trial.within(input, () -> rewritten(entries(input)));
  }

  /** What was read is written, read, and written again: the second and third must be one. */
  private static void rewritten(List<Entry> entries) throws CairnException {
    List<byte[]> once = write(entries);
    EntryReader reader = new EntryReader(Known.SPACE_OF_FRAMES);
    List<Entry> again = new ArrayList<>();
    for (int i = 0; i < once.size(); i++) {
      ByteStringStream strings = ByteStringStream.ofEntries();
      strings.feed(once.get(i));
      again.add(read(reader, strings.next().get()));
      Trial.same(ids(entries.get(i)), ids(again.get(i)), "changes written again");
    }
    List<byte[]> twice = write(again);
    for (int i = 0; i < once.size(); i++) {
      Trial.same(once.get(i), twice.get(i), "entry");
    }
  }

  private static Entry read(EntryReader reader, byte[] entry) {
    try {
      return reader.read(entry);
    } catch (MalformedException e) {
      throw new AssertionError("what was read and written is refused", e);
    }
  }

  private static List<ChangeId> ids(Entry entry) {
    List<ChangeId> ids = new ArrayList<>();
    if (entry instanceof Entry.OfFrame frame) {
      frame.frame().changes().forEach(change -> ids.add(change.id()));
    }
    return ids;
  }

  private static List<byte[]> write(List<Entry> entries) {
    EntryWriter writer = new EntryWriter();
    List<byte[]> written = new ArrayList<>();
    for (Entry entry : entries) {
      written.add(writer.write(entry));
    }
    return written;
  }

  /** The entries that hold, as a receiver takes them: a refused one leaves no trace. */
  private static List<Entry> entries(byte[] input) {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(input);
    EntryReader reader = new EntryReader(Known.SPACE_OF_FRAMES);
    List<Entry> entries = new ArrayList<>();
    while (true) {
      Optional<Optional<byte[]>> next = Trial.of(strings::next);
      if (!next.isPresent() || !next.get().isPresent()) {
        return entries;
      }
      byte[] encoded = next.get().get();
      Optional<Entry> entry = Trial.of(() -> reader.read(encoded));
      if (entry.isPresent() && isCovered(entry.get())) {
        exact(entry.get(), encoded);
        entries.add(entry.get());
      }
    }
  }

  /** The writer leaves out signatures that others cover and refuses frames without needed ones. */
  private static boolean isCovered(Entry entry) {
    if (!(entry instanceof Entry.OfFrame frame)) {
      return true;
    }
    try {
      FrameSignatures.verify(frame.frame(), VerifyingKey.of(frame.frame().device().bytes()));
      return true;
    } catch (RefusedException e) {
      return e.code().equals(FrameSignatures.BAD_SIGNATURE);
    } catch (MalformedException noKey) {
      return needsNone(frame.frame());
    }
  }

  private static boolean needsNone(Frame frame) {
    return frame.changes().stream().allMatch(change -> change.signature().isPresent());
  }

  /** All but frames have one form by themselves; and what they carry is decoded, too. */
  private static void exact(Entry entry, byte[] encoded) {
    if (!(entry instanceof Entry.OfFrame)) {
      ByteStringStream strings = ByteStringStream.ofEntries();
      strings.feed(new EntryWriter().write(entry));
      Trial.same(encoded, Trial.of(strings::next).get().get(), "entry");
    }
    if (entry instanceof Entry.Statement statement) {
      Trial.of(() -> Statement.decode(statement.statement().bytes()));
    } else if (entry instanceof Entry.OfReceipt receipt) {
      Trial.of(() -> Receipt.decode(receipt.receipt().bytes()));
    } else if (entry instanceof Entry.LogState state) {
      Trial.of(() -> SignedCheckpoint.claimed(state.checkpoint().bytes()));
    }
  }

  /**
   * The chain behind the signature: elision rebuilds what changes name, so an altered stream still
   * is a chain, of other changes.
   */
  @FuzzTest
  void feed_ofAlteredFrames_takesTheSameInAnyOrder(byte[] input) {
    Trial.within(
        input,
        () -> {
          List<Change> changes = changes(input);
          for (FeedView view : FeedView.values()) {
            Map<Object, FeedState> onward = take(changes, view);
            Map<Object, FeedState> backward = take(reversed(changes), view);
            Trial.same(heads(onward, changes, view), heads(backward, changes, view), "heads");
            onward.values().forEach(state -> Trial.holds(headsFit(state), "too many heads"));
          }
        });
  }

  private static boolean headsFit(FeedState state) {
    return state.heads().size() <= Limits.FEED_HEADS_MAX;
  }

  /** Who may fetch a part of a feed knows the heads of what is addressed to him, and no others. */
  private static Map<Object, Object> heads(
      Map<Object, FeedState> states, List<Change> changes, FeedView view) {
    Map<Object, Object> heads = new HashMap<>();
    for (Change change : changes) {
      Prefix prefix = change.prefix();
      FeedState state = states.get(prefix.device());
      heads.put(List.of(prefix.device(), prefix.audience()), state.heads(prefix.audience()));
      if (view == FeedView.WHOLE) {
        heads.put(prefix.device(), state.heads());
      }
    }
    return heads;
  }

  private static List<Change> changes(byte[] input) {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(input);
    EntryReader reader = new EntryReader(Known.SPACE_OF_FRAMES);
    List<Change> changes = new ArrayList<>();
    while (changes.size() < Limits.FEED_HEADS_MAX) {
      Optional<Optional<byte[]>> next = Trial.of(strings::next);
      if (!next.isPresent() || !next.get().isPresent()) {
        return changes;
      }
      Optional<Entry> entry = Trial.of(() -> reader.read(next.get().get()));
      if (entry.isPresent() && entry.get() instanceof Entry.OfFrame frame) {
        changes.addAll(frame.frame().changes());
      }
    }
    return changes.subList(0, Limits.FEED_HEADS_MAX);
  }

  private static List<Change> reversed(List<Change> changes) {
    List<Change> reversed = new ArrayList<>(changes);
    java.util.Collections.reverse(reversed);
    return reversed;
  }

  /** Goes round until nothing more is taken. */
  private static Map<Object, FeedState> take(List<Change> changes, FeedView view) {
    Map<Object, FeedState> states = new HashMap<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Change change : changes) {
        FeedState state =
            states.computeIfAbsent(
                change.prefix().device(),
                device ->
                    new FeedState(
                        Known.SPACE_OF_FRAMES, change.prefix().device(), view, FeedMemory.empty()));
        boolean known = state.check(change) instanceof Verdict.Known;
        more |= state.accept(change).accepts() && !known;
      }
    }
    return states;
  }
}
