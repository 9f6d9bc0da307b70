package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lives of the log, one after the other from the genesis'. Each follows one that stands, under
 * an origin and a key that none before it had: with one key for two lives, honest checkpoints of
 * both would convict an honest server.
 */
final class Generations {

  private final Set<StatementId> standing = new HashSet<>();
  private final SortedMap<Long, LogKey> logs = new TreeMap<>();
  private final Set<LogOrigin> origins = new HashSet<>();
  private final Set<VerifyingKey> keys = new HashSet<>();

  Generations(StatementIndex index, Authority authority) {
    index.genesisContent().ifPresent(genesis -> add(0, List.of(genesis.log())));
    Map<Long, List<Statement>> byNumber = new HashMap<>();
    for (Statement statement : index.ofKind(StatementKind.GENERATION)) {
      if (authority.stands(statement)) {
        byNumber
            .computeIfAbsent(((Generation) statement.content()).number(), any -> new ArrayList<>())
            .add(statement);
      }
    }
    for (long number = 1; logs.containsKey(number - 1); number++) {
      follow(number, byNumber.getOrDefault(number, List.of()));
    }
  }

  private void follow(long number, List<Statement> statements) {
    List<LogKey> ofNumber = new ArrayList<>();
    for (Statement statement : statements) {
      LogKey log = ((Generation) statement.content()).log();
      if (!origins.contains(log.origin()) && !keys.contains(log.key())) {
        standing.add(statement.id());
        ofNumber.add(log);
      }
    }
    add(number, ofNumber);
  }

  private void add(long number, List<LogKey> ofNumber) {
    if (!ofNumber.isEmpty()) {
      logs.put(number, ofNumber.get(0));
      for (LogKey log : ofNumber) {
        origins.add(log.origin());
        keys.add(log.key());
      }
    }
  }

  boolean stands(StatementId statement) {
    return standing.contains(statement);
  }

  /** The log of each generation; where owners disagree about one, the statement of lowest id. */
  SortedMap<Long, LogKey> logs() {
    return logs;
  }
}
