package io.swarmstream.shell.script;

import io.swarmstream.shell.grammar.Grammar;
import io.swarmstream.shell.grammar.SyntaxException;
import io.swarmstream.shell.instructions.control.Exit;
import io.swarmstream.shell.instructions.control.ExitOnFailure;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.shell.session.Outcome;
import io.swarmstream.shell.session.ShellSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the lines of a script until it ends, leaves, or fails. */
public final class ScriptRun {
  /** Exit code: all is well, or what failed was allowed to. */
  public static final int DONE = 0;

  /** Exit code: a command failed. */
  public static final int FAILED = 1;

  /** Exit code: a line is no command. */
  public static final int WRONG = 2;

  private final Interpreter interpreter;
  private final ShellSession session;
  private final Reporter reporter;

  public ScriptRun(Interpreter interpreter, ShellSession session, Reporter reporter) {
    this.interpreter = interpreter;
    this.session = session;
    this.reporter = reporter;
  }

  /**
   * Runs a script that is there as a whole. First looks for lines that are no commands: where a
   * failure would end the script, nothing is run.
   *
   * @return exit code
   */
  public int run(List<String> lines) {
    if (!check(lines)) {
      return WRONG;
    }
    int code = DONE;
    for (int i = 0; i < lines.size() && !session.isOver(); i++) {
      Optional<Integer> failed = run(lines.get(i), i + 1);
      code = Math.max(code, failed.orElse(DONE) == WRONG ? WRONG : DONE);
      if (isEndedBy(failed)) {
        return failed.orElse(FAILED);
      }
    }
    return code;
  }

  /**
   * Runs lines as they come.
   *
   * @return exit code
   */
  public int run(BufferedReader lines) throws IOException {
    int code = DONE;
    String line;
    for (int number = 1; !session.isOver() && (line = lines.readLine()) != null; number++) {
      Optional<Integer> failed = run(line, number);
      code = Math.max(code, failed.orElse(DONE) == WRONG ? WRONG : DONE);
      if (isEndedBy(failed)) {
        return failed.orElse(FAILED);
      }
    }
    return code;
  }

  /**
   * Runs single commands; the first that fails ends them.
   *
   * @return exit code
   */
  public int runEach(List<String> commands) {
    for (String command : commands) {
      Optional<Integer> failed = run(command, 0);
      if (failed.isPresent() || session.isOver()) {
        return failed.orElse(DONE);
      }
    }
    return DONE;
  }

  private boolean isEndedBy(Optional<Integer> failed) {
    // Who interrupts a script means all of it.
    return failed.isPresent()
        && (session.exitsOnFailure() || Thread.currentThread().isInterrupted());
  }

  /** Runs a line; returns its exit code if it failed. */
  private Optional<Integer> run(String line, int number) {
    if (Grammar.isBlank(line)) {
      return Optional.empty();
    }
    reporter.begins(session.prompt(), line);
    String place = number == 0 ? "" : "line " + number + ", ";
    Optional<Outcome> outcome = interpreter.run(line, session, reporter.output(), place);
    outcome.ifPresent(found -> reporter.ended(found, number));
    return outcome
        .filter(found -> !found.isDone())
        .map(found -> found.isSyntaxError() ? WRONG : FAILED);
  }

  /** Says which lines are no commands; returns whether the script may run all the same. */
  private boolean check(List<String> lines) {
    boolean exits = session.exitsOnFailure();
    boolean mayRun = true;
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (Grammar.isBlank(lines.get(i))) {
        continue;
      }
      try {
        Grammar.Reading<Instruction> reading = interpreter.grammar().read(lines.get(i));
        if (reading.command() instanceof Exit) {
          break;
        }
        if (reading.command() instanceof ExitOnFailure) {
          exits = !reading.values().has("OFF");
        }
      } catch (SyntaxException e) {
        mayRun &= !exits;
        notes.add("line " + (i + 1) + ", " + e.getMessage());
      }
    }
    String severity = mayRun ? "WARNING - " : Outcome.ERROR;
    notes.forEach(note -> reporter.note(severity + note));
    if (!mayRun) {
      reporter.note("Nothing was run: EXIT ON FAILURE is on at such a line.");
    }
    return mayRun;
  }
}
