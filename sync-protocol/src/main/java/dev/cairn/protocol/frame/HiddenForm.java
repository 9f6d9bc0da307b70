package dev.cairn.protocol.frame;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.feed.FeedCbor;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hidden leaves as they are written: each audience once, in the order in which they first come;
 * then runs of neighbours with the same audience, which they name by its number. One list of leaves
 * has one form.
 */
final class HiddenForm {

  private HiddenForm() {}

  static void write(CborWriter writer, List<ChangeLeaf> leaves) {
    Map<Audience, Integer> numbers = new LinkedHashMap<>();
    int runs = 0;
    for (int at = 0; at < leaves.size(); at = end(leaves, at)) {
      numbers.putIfAbsent(leaves.get(at).audience(), numbers.size());
      runs++;
    }
    writer.array(numbers.size());
    numbers.keySet().forEach(audience -> FeedCbor.writeAudience(writer, audience));
    writer.array(runs);
    int at = 0;
    while (at < leaves.size()) {
      int end = end(leaves, at);
      writer.array(2).uint(numbers.getOrDefault(leaves.get(at).audience(), 0)).array(end - at);
      leaves.subList(at, end).forEach(leaf -> writer.bytes(leaf.payload().bytes()));
      at = end;
    }
  }

  /** Where the run ends that begins at one leaf. */
  private static int end(List<ChangeLeaf> leaves, int from) {
    int end = from + 1;
    while (end < leaves.size() && leaves.get(end).audience().equals(leaves.get(from).audience())) {
      end++;
    }
    return end;
  }

  static List<ChangeLeaf> read(CborReader reader) throws MalformedException {
    List<Audience> audiences = readAudiences(reader);
    int runs = reader.arrayHeader(Limits.ENTRY_LEAVES_MAX);
    List<ChangeLeaf> leaves = new ArrayList<>();
    int named = 0;
    int before = -1;
    for (int i = 0; i < runs; i++) {
      reader.arrayOf(2);
      int which = (int) reader.uint(Limits.ENTRY_LEAVES_MAX);
      if (which > named || which >= audiences.size() || which == before) {
        throw new MalformedException("hidden leaves name another audience", reader.position());
      }
      named = Math.max(named, which + 1);
      before = which;
      int room = Limits.ENTRY_LEAVES_MAX - leaves.size();
      for (Digest payload : EntryReader.readHashes(reader, 1, room)) {
        leaves.add(new ChangeLeaf(audiences.get(which), payload));
      }
    }
    if (leaves.isEmpty() || named < audiences.size()) {
      throw new MalformedException("hidden leaves do not name each audience", reader.position());
    }
    return leaves;
  }

  private static List<Audience> readAudiences(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.ENTRY_LEAVES_MAX);
    List<Audience> audiences = new ArrayList<>(Math.min(count, 1024));
    Set<Audience> distinct = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Audience audience = FeedCbor.readAudience(reader);
      if (!distinct.add(audience)) {
        throw new MalformedException("hidden leaves list an audience twice", reader.position());
      }
      audiences.add(audience);
    }
    return audiences;
  }
}
