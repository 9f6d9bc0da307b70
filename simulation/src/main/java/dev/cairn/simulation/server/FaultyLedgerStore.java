package dev.cairn.simulation.server;

import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.RefillTable;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.disk.DiskPlan;
import dev.cairn.simulation.disk.PowerSupply;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A ledger's store on which every writing call, the commit among them, may fail or be the last. */
final class FaultyLedgerStore implements LedgerStore {

  private static final String COMMIT = "commit";
  private static final Set<String> REFILLING =
      Set.of("show", "fork", "addLeaf", "put", "remove", "addGeneration", "clear", "end");

  private final LedgerStore store;
  private final DiskPlan plan;
  private final PowerSupply power;

  FaultyLedgerStore(LedgerStore store, DiskPlan plan, PowerSupply power) {
    this.store = store;
    this.plan = plan;
    this.power = power;
  }

  @Override
  public LedgerView view() throws StoreException {
    return store.view();
  }

  @Override
  public LedgerTransaction begin() throws StoreException {
    return faulty(LedgerTransaction.class, store.begin());
  }

  private <T> T faulty(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(real, method, arguments)));
  }

  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    if (method.getReturnType() == RefillTable.class) {
      return faulty(RefillTable.class, ((LedgerTransaction) real).refill());
    }
    DiskPlan.Fate fate = fate(real, method.getName());
    if (fate == DiskPlan.Fate.FULL) {
      throw new StoreException.Full(new IllegalStateException("no room"));
    }
    boolean commits = method.getName().equals(COMMIT);
    boolean dies = fate != DiskPlan.Fate.DONE;
    if (fate == DiskPlan.Fate.DIES_BEFORE && !(commits && power.cutsWithin())) {
      throw new Crash("the server, before " + method.getName());
    }
    if (commits) {
      power.beforeWrite(dies);
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (dies) {
      power.cut(fate == DiskPlan.Fate.DIES_BEFORE);
      throw new Crash("the server, after " + method.getName());
    }
    if (commits) {
      power.answered();
    }
    return result;
  }

  private DiskPlan.Fate fate(Object real, String name) {
    if (name.equals(COMMIT)) {
      return plan.commit();
    }
    boolean writes = real instanceof RefillTable ? REFILLING.contains(name) : isWrite(name);
    return writes ? plan.next() : DiskPlan.Fate.DONE;
  }

  private static boolean isWrite(String name) {
    return name.startsWith("add")
        || name.startsWith("set")
        || name.equals("advance")
        || name.equals("open")
        || name.equals("erase");
  }

  @Override
  public void scrub() throws StoreException {
    store.scrub();
  }

  @Override
  public void close() {
    store.close();
  }
}
