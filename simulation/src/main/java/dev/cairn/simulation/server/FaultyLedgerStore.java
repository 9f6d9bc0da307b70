package dev.cairn.simulation.server;

import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.disk.DiskPlan;
import dev.cairn.simulation.disk.PowerSupply;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A ledger's store on which every writing call, the commit among them, may fail or be the last. */
final class FaultyLedgerStore implements LedgerStore {

  private static final String COMMIT = "commit";

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
    LedgerTransaction real = store.begin();
    return (LedgerTransaction)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {LedgerTransaction.class},
            (proxy, method, arguments) -> call(real, method, arguments));
  }

  private Object call(LedgerTransaction real, Method method, Object[] arguments) throws Throwable {
    DiskPlan.Fate fate = fate(method.getName());
    if (fate == DiskPlan.Fate.FULL) {
      throw new StoreException.Full(new IllegalStateException("no room"));
    }
    boolean commits = method.getName().equals(COMMIT);
    boolean dies = fate != DiskPlan.Fate.DONE;
    if (fate == DiskPlan.Fate.DIES_BEFORE && !(commits && power.cutsWithin())) {
      throw new Crash("the server, before " + method.getName());
    }
    if (commits && dies) {
      power.beforeLastWrite();
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

  private DiskPlan.Fate fate(String name) {
    if (name.equals(COMMIT)) {
      return plan.commit();
    }
    return isWrite(name) ? plan.next() : DiskPlan.Fate.DONE;
  }

  private static boolean isWrite(String name) {
    return name.startsWith("add")
        || name.startsWith("set")
        || name.equals("advance")
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
