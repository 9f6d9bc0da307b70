package dev.cairn.client.capture;

import dev.cairn.client.held.HeldReading;
import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.Opened;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.RosterState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The heads of every record a coordinator's device can open, which an edit has to name as seen, and
 * whom it was for. Made when first asked for, from everything held, and forgotten when more comes
 * in.
 */
final class RecordGraphs {

  private final Holdings holdings;
  private @Nullable Map<RecordId, Node> nodes;

  RecordGraphs(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * What is known of a record.
   *
   * @param kind as its first change here states it
   * @param heads ascending
   * @param readers circles it was addressed to and that can be written to, devices' own left out;
   *     at most as many as a change may name, the coordinators' first of all
   */
  record Graph(long kind, Collection<ChangeId> heads, List<CircleId> readers) {}

  private static final class Node {
    private final long kind;
    private final Set<ChangeId> heads = new TreeSet<>();
    private final Set<ChangeId> covered = new HashSet<>();
    private final Set<CircleId> circles = new TreeSet<>();

    Node(long kind) {
      this.kind = kind;
    }

    void add(ChangeId change, Audience audience, Collection<ChangeId> parents) {
      circles.addAll(audience.circles());
      covered.addAll(parents);
      heads.removeAll(parents);
      if (!covered.contains(change)) {
        heads.add(change);
      }
    }
  }

  Optional<Graph> find(RecordId record) throws CairnException {
    Map<RecordId, Node> known = nodes;
    if (known == null) {
      known = read();
      nodes = known;
    }
    return Optional.ofNullable(known.get(record))
        .map(node -> new Graph(node.kind, new TreeSet<>(node.heads), readers(node.circles)));
  }

  private List<CircleId> readers(Set<CircleId> addressed) {
    RosterState roster = holdings.roster();
    Set<CircleId> shut = new HashSet<>();
    roster.devices().forEach(entry -> shut.add(Circles.device(entry.device())));
    List<CircleId> readers = new ArrayList<>();
    if (addressed.contains(holdings.desk())) {
      readers.add(holdings.desk());
      shut.add(holdings.desk());
    }
    for (CircleId circle : addressed) {
      if (readers.size() < Limits.AUDIENCE_CIRCLES_MAX
          && !shut.contains(circle)
          && roster.writingKey(circle).isPresent()) {
        readers.add(circle);
      }
    }
    return readers;
  }

  private Map<RecordId, Node> read() throws CairnException {
    Map<RecordId, Node> read = new HashMap<>();
    HeldReading.visit(
        holdings,
        held -> {
          if (held.opened().isPresent() && held.counts()) {
            Opened opened = held.opened().get();
            read.computeIfAbsent(opened.record(), any -> new Node(opened.body().kind()))
                .add(
                    held.change().id(), held.change().prefix().audience(), opened.body().parents());
          }
        });
    return read;
  }

  void wrote(List<Draft> drafts, List<Written> written) {
    Map<RecordId, Node> known = nodes;
    if (known == null) {
      return;
    }
    for (int i = 0; i < drafts.size(); i++) {
      long kind = drafts.get(i).kind();
      known
          .computeIfAbsent(written.get(i).record(), any -> new Node(kind))
          .add(written.get(i).change().id(), drafts.get(i).audience(), drafts.get(i).parents());
    }
  }

  void forget() {
    nodes = null;
  }

  /** As many heads as a body may name. */
  static List<ChangeId> bounded(Collection<ChangeId> heads) {
    List<ChangeId> ascending = new ArrayList<>(new TreeSet<>(heads));
    return ascending.subList(0, Math.min(ascending.size(), Limits.BODY_PARENTS_MAX));
  }
}
