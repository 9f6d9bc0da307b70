package dev.cairn.cli.quarantine;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;

/** A command that decides about changes in quarantine. */
abstract class QuarantineDecision extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  QuarantineDecision(Output output) {
    super(output);
  }

  @Override
  public final Integer call() throws Exception {
    check();
    try (Device desk = store.open()) {
      return decide(desk, named(desk));
    }
  }

  /** Looks at the other options, before any store is opened. */
  void check() {}

  /** Decides; the exit code. */
  abstract int decide(Device desk, Set<ChangeId> changes) throws CairnException;

  /** The changes' ids as typed. */
  abstract List<String> prefixes();

  private Set<ChangeId> named(Device desk) throws CairnException {
    List<ChangeId> all = new ArrayList<>();
    desk.suspensions().quarantine(change -> all.add(change.id()));
    Set<ChangeId> named = new TreeSet<>();
    for (String prefix : prefixes()) {
      named.add(IdPrefix.find(prefix, all, ChangeId::toString, "quarantine"));
    }
    return named;
  }
}
