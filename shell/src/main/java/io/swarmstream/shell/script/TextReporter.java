package io.swarmstream.shell.script;

import io.swarmstream.shell.session.Outcome;
import io.swarmstream.shell.session.Output;
import java.io.PrintWriter;

/** Prints lines as they are said; those of a script behind the prompt. */
public final class TextReporter implements Reporter {
  private final PrintWriter out;
  private final boolean echoes;

  /**
   * Prints.
   *
   * @param echoes whether to print commands, too
   */
  public TextReporter(PrintWriter out, boolean echoes) {
    this.out = out;
    this.echoes = echoes;
  }

  @Override
  public Output output() {
    return this::note;
  }

  @Override
  public void begins(String prompt, String line) {
    if (echoes) {
      note(prompt + line.strip());
    }
  }

  @Override
  public void ended(Outcome outcome, int number) {}

  @Override
  public void note(String text) {
    out.println(text);
    out.flush();
  }
}
