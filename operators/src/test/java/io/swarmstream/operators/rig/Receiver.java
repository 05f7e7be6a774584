package io.swarmstream.operators.rig;

/** A subtask that channels lead to. */
interface Receiver {
  void accept(int input, Object value) throws Exception;

  Alignment alignment();
}
