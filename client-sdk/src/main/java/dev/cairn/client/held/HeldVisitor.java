package dev.cairn.client.held;

import dev.cairn.protocol.CairnException;

/** Is shown every change a device holds. */
@FunctionalInterface
public interface HeldVisitor {

  /** Takes one change; what it throws ends the visit. */
  void visit(HeldChange change) throws CairnException;
}
