package io.swarmstream.operators.rig;

/** Something that could happen next. */
abstract class Choice {
  /** Place in {@link Choices}; -1: not among them. */
  int place = -1;

  /** The greater, the sooner it is likely to happen. */
  int haste;

  /** Lets it happen. */
  abstract void happen() throws Exception;

  /** Whether it could happen (again). */
  abstract boolean possible();
}
