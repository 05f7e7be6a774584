package io.swarmstream.operators.rig;

import java.util.ArrayList;
import java.util.List;

/** What a sink wrote between two barriers; it becomes visible as a whole, once. */
final class Transaction {
  final List<Object> records = new ArrayList<>();
  private boolean committed;

  boolean isCommitted() {
    return committed;
  }

  /** Marks it; false when it was before: a commit is repeated after a crash. */
  boolean commit() {
    boolean first = !committed;
    committed = true;
    return first;
  }
}
