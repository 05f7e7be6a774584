package io.swarmstream.shell.console;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.shell.grammar.Grammar;
import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.shell.session.Outcome;
import io.swarmstream.shell.session.ShellSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Asks for lines at a terminal, and runs them until the user leaves. */
public final class ShellConsole {
  private final Interpreter interpreter;
  private final ShellSession session;
  private final Terminal terminal;

  public ShellConsole(Interpreter interpreter, ShellSession session, Terminal terminal) {
    this.interpreter = interpreter;
    this.session = session;
    this.terminal = terminal;
  }

  /**
   * Runs until EXIT, Ctrl-D, or a failure that ends the session.
   *
   * @param folder of the file of earlier lines, which only this user can read
   * @return exit code
   */
  public int run(Path folder) throws IOException {
    Path history = PrivateFiles.file(PrivateFiles.folder(folder).resolve("history"));
    PrivateFiles.closeFile(history);
    LineReader reader = reader(history);
    try {
      while (!session.isOver()) {
        Optional<Outcome> outcome = run(reader);
        if (outcome.filter(found -> !found.isDone()).isPresent() && session.exitsOnFailure()) {
          return outcome.filter(Outcome::isSyntaxError).isPresent() ? 2 : 1;
        }
      }
    } catch (EndOfFileException e) {
      terminal.writer().println();
      terminal.flush();
    } finally {
      PrivateFiles.closeFile(history);
    }
    return 0;
  }

  private Optional<Outcome> run(LineReader reader) {
    String line;
    try {
      line = reader.readLine(session.prompt());
    } catch (UserInterruptException e) {
      return Optional.empty(); // Ctrl-C takes the line away
    }
    if (Grammar.isBlank(line)) {
      return Optional.empty();
    }
    Thread runner = Thread.currentThread();
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.INT, signal -> runner.interrupt());
    try {
      return interpreter.run(line, session, this::say, "");
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
      // It ended the command, not the shell.
      var unused = Thread.interrupted();
    }
  }

  private LineReader reader(Path history) {
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(new char[0]);
    parser.setEofOnUnclosedQuote(false);
    return LineReaderBuilder.builder()
        .appName("swarm")
        .terminal(terminal)
        .parser(parser)
        .completer(new GrammarCompleter(interpreter.grammar(), new NameSource(session)))
        .highlighter(new KeywordHighlighter(interpreter.grammar()))
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.CASE_INSENSITIVE, true)
        .variable(LineReader.HISTORY_FILE, history)
        .variable(LineReader.HISTORY_SIZE, 2_000)
        .build();
  }

  private void say(String line) {
    AttributedStyle style = AttributedStyle.DEFAULT;
    if (line.startsWith(Outcome.ERROR)) {
      style = style.foreground(AttributedStyle.RED);
    } else if (line.startsWith("WARNING")) {
      style = style.foreground(AttributedStyle.YELLOW);
    }
    terminal.writer().println(new AttributedString(line, style).toAnsi(terminal));
    terminal.flush();
  }
}
