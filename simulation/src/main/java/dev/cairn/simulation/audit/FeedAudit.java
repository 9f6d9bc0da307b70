package dev.cairn.simulation.audit;

import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;

/**
 * P3: a feed has no hole, nothing in it is reordered or put in, and every change is signed by its
 * author. Judges a log, and what a device holds.
 */
final class FeedAudit {

  private static final String P3 = "P3";
  private static final int CHECKED_IN_COURT_MAX = 12;
  private static final long FLOOR = 64;
  private static final long TAG = 16;
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
  private static final int SESSION_CHANGES = 256;

  private final Findings findings;
  private final Account account;

  FeedAudit(Findings findings, Account account) {
    this.findings = findings;
    this.account = account;
  }

  /** Judges a log: everything stands behind what it continues, and is signed. */
  void judge(LedgerFact ledger) {
    Map<ChangeId, ChangeFact> before = new HashMap<>();
    List<LedgerFact.Leaf> changes = new ArrayList<>(ledger.changes.values());
    for (LedgerFact.Leaf leaf : changes) {
      ChangeFact change = leaf.change();
      if (change != null) {
        continues(change, before, change.previous, "in the log");
        before.put(change.id, change);
      }
    }
    signatures(changes);
    sessions(before.values());
    epochs(before.values());
    forks(before.values());
  }

  /** Judges what a device holds: the part of each feed for each audience has no hole. */
  void judge(HolderFact holder) {
    Map<ChangeId, ChangeFact> held = holder.facts();
    for (ChangeFact change : held.values()) {
      boolean own = change.device.equals(holder.device);
      continues(change, held, own ? change.previous : Set.of(), "on " + holder);
    }
    sessions(held.values());
  }

  private void continues(
      ChangeFact change,
      Map<ChangeId, ChangeFact> known,
      Collection<ChangeId> previous,
      String where) {
    chain(change, known, previous, change.sequence, false, where);
    chain(change, known, change.audiencePrevious, change.audienceSequence, true, where);
    boolean first = change.previous.isEmpty() ? change.sequence == 1 : change.sequence > 1;
    boolean firstOfAudience =
        change.audiencePrevious.isEmpty()
            ? change.audienceSequence == 1
            : change.audienceSequence > 1;
    if (!first || !firstOfAudience || change.audienceSequence > change.sequence) {
      findings.add(P3, "feed.sequence", change + " has numbers it cannot have " + where);
    }
    if (!change.opensSession()
        && change.audiencePrevious.stream()
            .map(known::get)
            .noneMatch(
                before ->
                    before != null
                        && before.session.equals(change.session)
                        && before.index == change.index - 1)) {
      findings.add(P3, "feed.session", change + " continues no session " + where);
    }
    if (!change.onlyKnownParts || !isPadded(change)) {
      findings.add("P2", "privacy.prefix", change + " tells more than it may " + where);
    }
  }

  private void chain(
      ChangeFact change,
      Map<ChangeId, ChangeFact> known,
      Collection<ChangeId> previous,
      long number,
      boolean ofAudience,
      String where) {
    long greatest = 0;
    for (ChangeId id : previous) {
      ChangeFact before = known.get(id);
      if (before == null) {
        findings.add(P3, "feed.gap", change + " continues what is missing " + where);
        return;
      }
      greatest = Math.max(greatest, ofAudience ? before.audienceSequence : before.sequence);
      if (!before.device.equals(change.device)
          || before.sequence >= change.sequence
          || (ofAudience && !before.audience.equals(change.audience))) {
        findings.add(P3, "feed.chain", change + " continues another feed " + where);
      }
    }
    if (!previous.isEmpty() && number != greatest + 1) {
      findings.add(P3, "feed.sequence", change + " leaves numbers out " + where);
    }
  }

  /** Nothing but sizes that padding gives: (Nikitin et al. 2019). */
  private static boolean isPadded(ChangeFact change) {
    if (change.opensSession()) {
      return true;
    }
    long length = change.ciphertextLength - TAG;
    if (length <= FLOOR) {
      return length == FLOOR;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(length);
    int kept = 64 - Long.numberOfLeadingZeros(exponent);
    return length % (1L << (exponent - kept)) == 0;
  }

  /** An honest device that was never put back to an older state has one history. */
  private void forks(Collection<ChangeFact> changes) {
    Map<String, ChangeFact> places = new HashMap<>();
    for (ChangeFact change : changes) {
      if (account.isHonest(change.device) && !account.restored.contains(change.device)) {
        ChangeFact other = places.putIfAbsent(change.device + " " + change.sequence, change);
        if (other != null && !other.id.equals(change.id)) {
          findings.add(P3, "feed.forked", change + " stands where " + other + " stands");
        }
      }
    }
  }

  private void signatures(List<LedgerFact.Leaf> changes) {
    Map<ChangeId, ChangeFact> uncovered = new HashMap<>();
    int inCourt = 0;
    for (int i = changes.size() - 1; i >= 0; i--) {
      ChangeFact change = changes.get(i).change();
      Signature signature = changes.get(i).signature();
      if (change == null) {
        continue;
      }
      if (signature == null) {
        uncovered.put(change.id, change);
        continue;
      }
      byte[] key = change.device.bytes();
      byte[] signed = Ed25519Check.toBeSigned(change.payload());
      boolean holds = Ed25519Check.holds(key, signed, signature.bytes());
      if (!account.isHonest(change.device) || inCourt++ < CHECKED_IN_COURT_MAX) {
        holds = holds && Ed25519Check.holdsInCourt(key, signed, signature.bytes());
      }
      if (!holds) {
        findings.add(P3, "feed.signature", change + " is not signed by its author");
      }
    }
    // Whatever a signed change continues in its audience is signed with it.
    for (int i = changes.size() - 1; i >= 0; i--) {
      ChangeFact change = changes.get(i).change();
      if (change != null && !uncovered.containsKey(change.id)) {
        change.audiencePrevious.forEach(uncovered::remove);
      }
    }
    uncovered
        .values()
        .forEach(change -> findings.add(P3, "feed.unsigned", change + " is signed by nobody"));
  }

  /** P8: an honest device seals nothing twice under one key, and opens no session again. */
  private void sessions(Collection<ChangeFact> changes) {
    Map<String, ChangeFact> places = new HashMap<>();
    Map<String, ChangeFact> commitments = new HashMap<>();
    for (ChangeFact change : changes) {
      DeviceId device = change.device;
      if (!account.isHonest(device)) {
        continue;
      }
      String place = device + " " + change.session + " " + change.index;
      ChangeFact other = places.putIfAbsent(place, change);
      if (other != null && !other.id.equals(change.id)) {
        findings.add("P8", "session.twice", change + " is sealed under the key of " + other);
      }
      String commitment = change.commitment;
      if (commitment != null && commitments.putIfAbsent(commitment, change) != null) {
        findings.add("P8", "session.commitment", change + " is sealed under a key used before");
      }
    }
    lives(places.values());
  }

  /** P7: an honest device opens a new session as soon as it knows newer keys to write to. */
  private void epochs(Collection<ChangeFact> changes) {
    Map<String, ChangeFact> opened = new HashMap<>();
    changes.stream()
        .filter(ChangeFact::opensSession)
        .forEach(each -> opened.put(each.device + " " + each.session, each));
    for (ChangeFact change : changes) {
      Saying saying = account.said.get(change.id);
      ChangeFact session = opened.get(change.device + " " + change.session);
      if (saying == null || session == null) {
        continue;
      }
      for (CircleId circle : change.audience) {
        EpochId newest = saying.writing().get(circle);
        if (newest != null && !session.openings.contains(newest)) {
          findings.add("P7", "session.epoch", change + " is sealed to keys that were not the last");
        }
      }
    }
  }

  /** No session lives on when a device was opened again, nor for more than a day. */
  private void lives(Collection<ChangeFact> changes) {
    Map<String, Integer> lives = new HashMap<>();
    Map<String, LongSummaryStatistics> times = new HashMap<>();
    for (ChangeFact change : changes) {
      Saying saying = account.said.get(change.id);
      if (saying != null) {
        LongSummaryStatistics of =
            times.computeIfAbsent(
                change.device + " " + change.session, any -> new LongSummaryStatistics());
        of.accept(saying.millis());
        if (of.getMax() - of.getMin() > DAY_MILLIS || change.index >= SESSION_CHANGES) {
          findings.add("P8", "session.old", change + " is in a session that should be over");
        }
      }
      Integer life = account.lifeOfSaying.get(change.id);
      if (life != null) {
        Integer other = lives.putIfAbsent(change.device + " " + change.session, life);
        if (other != null && !other.equals(life)) {
          findings.add("P8", "session.lives", change + " is in a session from before a restart");
        }
      }
    }
  }
}
