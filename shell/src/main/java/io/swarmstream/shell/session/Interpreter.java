package io.swarmstream.shell.session;

import io.swarmstream.shell.grammar.Grammar;
import io.swarmstream.shell.grammar.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs lines. Safe for use by many threads, with a session each. */
public final class Interpreter {
  private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

  private final Grammar<Instruction> grammar;

  public Interpreter(Grammar<Instruction> grammar) {
    this.grammar = grammar;
  }

  public Grammar<Instruction> grammar() {
    return grammar;
  }

  /**
   * Runs a line. What goes wrong is part of the outcome, and is said as a line that begins with
   * ERROR.
   *
   * @param place of the line in a script, for messages; empty: it was typed
   * @return empty: the line is blank
   */
  public Optional<Outcome> run(String line, ShellSession session, Output out, String place) {
    if (Grammar.isBlank(line)) {
      return Optional.empty();
    }
    List<String> said = new ArrayList<>();
    Output both =
        text -> {
          said.add(text);
          out.say(text);
        };
    try {
      Grammar.Reading<Instruction> reading = grammar.read(line);
      @Nullable Object result =
          reading.command().run(new ShellCall(reading.values(), session, both));
      session.countDone();
      return Optional.of(new Outcome(line.strip(), true, List.copyOf(said), result, null, null));
    } catch (SyntaxException e) {
      return Optional.of(failed(line, said, out, place + e.getMessage(), e.column()));
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      LOG.info("\"{}\" failed", line, e);
      return Optional.of(failed(line, said, out, place + FailureText.sentence(e), null));
    }
  }

  private static Outcome failed(
      String line, List<String> said, Output out, String error, @Nullable Integer column) {
    out.say(Outcome.ERROR + error);
    return new Outcome(line.strip(), false, List.copyOf(said), null, error, column);
  }
}
