package dev.cairn.protocol.merge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import dev.cairn.protocol.merge.RandomHistory.Kind;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Histories with the state they merge to, for whoever writes a second merge: sane ones and ones
 * that nobody would write in {@code merge-1.json}, one story for each rule in {@code merge-2.json}.
 */
public final class MergeVectors {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EACH = 12;

  private MergeVectors() {}

  public static ArrayNode make() {
    ArrayNode all = JSON.createArrayNode();
    for (Kind kind : Kind.values()) {
      for (int seed = 0; seed < EACH; seed++) {
        write(all.addObject(), new RandomHistory(seed, 2 + seed, kind));
      }
    }
    write(all.addObject(), ofUnknownKind());
    return all;
  }

  /** What a change of a later kind says is unknown, and so cannot be taken back. */
  private static RandomHistory ofUnknownKind() {
    return RandomHistory.of(
        said(1, 1, new Operation.Note("n")),
        said(2, 77, new Operation.Note("of a later kind"), Story.act("raid")),
        said(3, 1, Story.retractPlace(Story.id(2), 0), Story.retractPlace(Story.id(1), 0)));
  }

  private static MergeChange said(int number, long kind, Operation... operations) {
    return new MergeChange(
        Story.id(number),
        People.device(0),
        Story.record(1),
        number == 1,
        kind,
        number == 1 ? List.of() : List.of(Story.id(number - 1)),
        number,
        0,
        Arrays.asList(operations),
        null);
  }

  /** Stories with names. */
  public static ArrayNode makeStories() throws Exception {
    ArrayNode all = JSON.createArrayNode();
    List<MergeStories.Told> told = new ArrayList<>(MergeStories.all());
    told.addAll(DecisionStories.all());
    told.addAll(RetractionStories.all());
    told.addAll(ErasureStories.all());
    for (MergeStories.Told each : told) {
      Story story = each.story();
      RecordState state = story.merged();
      ObjectNode vector = all.addObject().put("name", each.name());
      write(vector, state, story.changes(), story.labels(), new People());
    }
    MergeStories.Told last = told.get(told.size() - 1);
    inTheField(all.addObject().put("name", last.name() + ", in the circle of more"), last.story());
    return all;
  }

  /** Of what is addressed to the field's circle alone. */
  private static void inTheField(ObjectNode vector, Story story) {
    CircleId field = Story.circle(2);
    List<MergeChange> addressed = new ArrayList<>();
    for (int i = 0; i < story.changes().size(); i++) {
      if (story.labels().get(i).audience().circles().contains(field)) {
        addressed.add(story.changes().get(i));
      }
    }
    RecordState state = RecordMerge.merge(addressed, story.erasures().in(field), new People());
    vector.put("circle", field.toString());
    write(vector, state, story.changes(), story.labels(), new People());
  }

  private static void write(ObjectNode vector, RandomHistory history) {
    RecordState state = RecordMerge.merge(history.changes, history.erasures(), history);
    write(vector, state, history.changes, history.labels, history);
  }

  private static void write(
      ObjectNode vector,
      RecordState state,
      List<MergeChange> changes,
      List<Label> labels,
      MergeAuthority authority) {
    vector.put("record", state.record().toString());
    devices(vector.putArray("devices"), changes, authority);
    ArrayNode nodes = vector.putArray("changes");
    for (int i = 0; i < changes.size(); i++) {
      MergeChange change = changes.get(i);
      ObjectNode node = nodes.addObject();
      write(node, change, authority.counts(change.id(), change.device()));
      ArrayNode audience = node.putArray("audience");
      labels.get(i).audience().circles().forEach(circle -> audience.add(circle.toString()));
    }
    ids(vector.putArray("heads"), state.heads());
    vector.put("state", Hex.encode(state.canonical()));
    vector.put("digest", CircleDigest.of(List.of(state)).toString());
  }

  private static void devices(
      ArrayNode devices, List<MergeChange> changes, MergeAuthority authority) {
    TreeSet<DeviceId> used = new TreeSet<>();
    changes.forEach(change -> used.add(change.device()));
    for (int number = 0; number < 13; number++) {
      used.add(People.device(number));
    }
    for (DeviceId device : used) {
      Optional<Author> author = authority.author(device);
      if (author.isPresent()) {
        ObjectNode node = devices.addObject();
        node.put("device", device.toString());
        node.put("member", author.get().member().toString());
        node.put("coordinator", author.get().decides());
        node.put("provisional", author.get().provisional());
      }
    }
  }

  private static void write(ObjectNode node, MergeChange change, boolean counts) {
    node.put("id", change.id().toString());
    node.put("device", change.device().toString());
    node.put("counts", counts);
    node.put("opens", change.opens());
    node.put("kind", change.kind());
    ids(node.putArray("parents"), change.parents());
    node.put("clock", change.clock());
    ArrayNode operations = node.putArray("operations");
    change
        .operations()
        .forEach(operation -> operations.add(Hex.encode(Operations.encode(operation))));
    if (change.erases() != null) {
      node.put("erases", change.erases().toString());
    }
  }

  private static void ids(ArrayNode node, List<ChangeId> ids) {
    ids.forEach(id -> node.add(id.toString()));
  }
}
