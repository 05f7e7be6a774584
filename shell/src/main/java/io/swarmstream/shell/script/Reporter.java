package io.swarmstream.shell.script;

import io.swarmstream.shell.session.Outcome;
import io.swarmstream.shell.session.Output;

/** Shows what lines say, and what became of them. */
public interface Reporter {
  /** Takes what a line says while it runs. */
  Output output();

  /** A line of a script is about to run. */
  void begins(String prompt, String line);

  /**
   * A line has been run.
   *
   * @param number of the line in its script, from 1; 0: it is in none
   */
  void ended(Outcome outcome, int number);

  /** Says something that belongs to no line. */
  void note(String text);
}
