package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one space, found by what the rules ask for. Foreign spaces' statements and
 * those whose signatures do not verify are left out here, so that no rule has to think of them.
 */
final class StatementIndex {

  private final SpaceId space;
  private final SortedMap<StatementId, Statement> all = new TreeMap<>();
  private final Map<StatementKind, List<Statement>> byKind = new EnumMap<>(StatementKind.class);
  private final Map<DeviceId, List<Statement>> bySigner = new HashMap<>();
  private final Map<StatementId, List<Statement>> admissions = new HashMap<>();
  private final Ancestry ancestry = new Ancestry(all);
  private final @Nullable DeviceId recoveryOrNull;
  private long steps; // a measure for tests: where several threads ask, some may go uncounted

  StatementIndex(SpaceId space, Collection<Statement> statements) {
    this.space = space;
    for (Statement statement : statements) {
      if (statement.space().equals(space)
          && !all.containsKey(statement.id())
          && statement.signaturesValid()) {
        all.put(statement.id(), statement);
      }
    }
    all.values().forEach(this::index);
    recoveryOrNull = recovery().map(RecoveryKeys::signKey).orElse(null);
  }

  private void index(Statement statement) {
    byKind.computeIfAbsent(statement.kind(), any -> new ArrayList<>()).add(statement);
    for (DeviceId signer : statement.signers()) {
      bySigner.computeIfAbsent(signer, any -> new ArrayList<>()).add(statement);
    }
    if (statement.content() instanceof Admission admission) {
      admissions.computeIfAbsent(admission.invitation(), any -> new ArrayList<>()).add(statement);
    }
  }

  /** To be called for every statement or suspension that a rule looks at. */
  void countStep() {
    steps++;
  }

  /** What the rules cost beside signatures, in things looked at: a time would depend on the day. */
  long steps() {
    return steps;
  }

  SpaceId space() {
    return space;
  }

  SortedMap<StatementId, Statement> all() {
    return Collections.unmodifiableSortedMap(all);
  }

  Ancestry ancestry() {
    return ancestry;
  }

  /** In ascending order of id. */
  List<Statement> ofKind(StatementKind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /** Statements that this key signed, alone or with another. */
  List<Statement> signedBy(DeviceId signer) {
    return bySigner.getOrDefault(signer, List.of());
  }

  /** Admissions that name this invitation, rightly or not. */
  List<Statement> admissionsUnder(StatementId invitation) {
    return admissions.getOrDefault(invitation, List.of());
  }

  /** The statement whose id is the space's. */
  Optional<Statement> genesis() {
    return Optional.ofNullable(all.get(StatementId.of(space.bytes())));
  }

  Optional<Genesis> genesisContent() {
    return genesis().map(statement -> (Genesis) statement.content());
  }

  Optional<RecoveryKeys> recovery() {
    return genesisContent().flatMap(Genesis::recovery);
  }

  boolean isRecovery(DeviceId key) {
    return key.equals(recoveryOrNull);
  }

  /** Whether this statement is signed by the recovery key, alone or with another. */
  boolean isSignedByRecovery(Statement statement) {
    return recoveryOrNull != null && statement.signers().contains(recoveryOrNull);
  }
}
