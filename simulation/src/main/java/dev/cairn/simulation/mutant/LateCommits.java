package dev.cairn.simulation.mutant;

import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.disk.Crash;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.IdentityHashMap;

/**
 * Transactions that are answered before they are durable: each is committed when the ledger is next
 * asked for anything but the answer itself. Whoever dies in between loses it.
 */
final class LateCommits {

  private static final IdentityHashMap<Object, LedgerTransaction> OPEN = new IdentityHashMap<>();

  private LateCommits() {}

  /** A transaction that closing leaves open. */
  static LedgerTransaction begin(LedgerStore store) throws StoreException {
    flush(store);
    return kept(store.begin());
  }

  /** Only says that it is committed. */
  static void commit(LedgerTransaction transaction, Ledger ledger) {
    OPEN.put(store(ledger), transaction);
  }

  /** Commits what is open. */
  static void flush(LedgerStore store) {
    LedgerTransaction open = OPEN.remove(store);
    if (open != null) {
      try (open) {
        open.commit();
      } catch (StoreException e) {
        throw new Crash("the server, for what it answered is gone");
      }
    }
  }

  /** What the answer is read from: the open transaction, if there is one. */
  static LedgerStore unfinished(Ledger ledger) {
    LedgerStore store = store(ledger);
    LedgerTransaction open = OPEN.get(store);
    return open == null ? store : of(LedgerStore.class, open, "view", open);
  }

  private static LedgerTransaction kept(LedgerTransaction real) {
    return (LedgerTransaction)
        Proxy.newProxyInstance(
            LateCommits.class.getClassLoader(),
            new Class<?>[] {LedgerTransaction.class, LedgerView.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close") && OPEN.containsValue(proxy)) {
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static <T> T of(Class<T> type, Object real, String answered, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            LateCommits.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.getName().equals(answered) ? answer : method.invoke(real, arguments)));
  }

  private static LedgerStore store(Ledger ledger) {
    try {
      Field store = Ledger.class.getDeclaredField("store");
      store.setAccessible(true);
      return (LedgerStore) store.get(ledger);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a ledger keeps its store elsewhere now", e);
    }
  }
}
