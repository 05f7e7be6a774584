package io.swarmstream.shell;

import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.shell.console.ShellConsole;
import io.swarmstream.shell.context.ContextBook;
import io.swarmstream.shell.context.HostAliases;
import io.swarmstream.shell.instructions.Instructions;
import io.swarmstream.shell.script.JsonReporter;
import io.swarmstream.shell.script.Reporter;
import io.swarmstream.shell.script.ScriptFile;
import io.swarmstream.shell.script.ScriptRun;
import io.swarmstream.shell.script.TextReporter;
import io.swarmstream.shell.service.ShellService;
import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.shell.session.ShellPace;
import io.swarmstream.shell.session.ShellParts;
import io.swarmstream.shell.session.ShellSession;
import io.swarmstream.shell.session.Workplace;
import io.swarmstream.shell.swarm.MemberSwarms;
import io.swarmstream.shell.swarm.ShellMember;
import io.swarmstream.shell.swarm.SwarmMark;
import io.swarmstream.shell.swarm.SwarmOpener;
import io.swarmstream.shell.task.TaskDefinitions;
import io.swarmstream.web.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Runs scripts, single commands, and what a user types. */
public final class Shell {
  private final ShellSession session;
  private final Interpreter interpreter = new Interpreter(Instructions.grammar());
  private final ShellOptions options;
  private final Path folder;

  private Shell(ShellSession session, ShellOptions options, Path folder) {
    this.session = session;
    this.options = options;
    this.folder = folder;
  }

  /**
   * Where commands come from that are not in the options.
   *
   * @param terminal opens the user's terminal; null: there is none
   * @param input read as a script when there is no terminal
   */
  public record Input(@Nullable Supplier<Terminal> terminal, BufferedReader input) {
    /** The terminal that this process was started at, or what was piped into it. */
    @SuppressWarnings("SystemConsoleNull") // Java 17 to 21
    public static Input ofProcess() {
      return new Input(
          System.console() == null ? null : Input::open,
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    private static Terminal open() {
      try {
        return TerminalBuilder.builder().system(true).build();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot use this terminal; pipe a script instead", e);
      }
    }
  }

  /**
   * Runs a shell for a member.
   *
   * @param notes for what belongs to no command
   * @return exit code: 0; 1 when a command failed and that ends the shell; 2 when a line is none
   */
  public static int run(
      ShellMember member, ShellOptions options, Input input, PrintWriter out, PrintWriter notes)
      throws IOException {
    try (MemberSwarms swarms = new MemberSwarms(member)) {
      ShellParts parts = parts(member, options.aliases(), swarms, System.getenv());
      return of(parts, options, member.shellFolder()).run(input, out, notes);
    }
  }

  /**
   * Serves others until the service is closed.
   *
   * @param allowed names of members that may call, beside the shell's own
   */
  public static ServedShell serve(
      ShellMember member, ShellOptions options, Place place, Set<String> allowed)
      throws IOException {
    MemberSwarms swarms = new MemberSwarms(member);
    try {
      ShellParts parts = parts(member, options.aliases(), swarms, System.getenv());
      ShellService service =
          ShellService.start(
              place,
              ReloadingTls.of(member.identity()),
              parts,
              swarms::members,
              allowed,
              options.usr().orElse(member.shellFolder().resolve("usr")));
      return new ServedShell(service, swarms);
    } catch (IOException | RuntimeException e) {
      swarms.close();
      throw e;
    }
  }

  /** What the sessions of a member's shell share. */
  static ShellParts parts(
      ShellMember member,
      Map<String, String> aliases,
      SwarmOpener swarms,
      Map<String, String> environment)
      throws IOException {
    return new ShellParts(
        ContextBook.in(member.shellFolder(), member.nodes().get(0)),
        new HostAliases(aliases),
        swarms,
        SwarmMark.of(member.chain()),
        new TaskDefinitions(),
        ShellPace.REAL,
        environment);
  }

  static Shell of(ShellParts parts, ShellOptions options, Path folder) throws IOException {
    Workplace workplace =
        options.usr().isPresent()
            ? Workplace.ofUser(options.usr().get())
            : Workplace.free(Path.of(""));
    return new Shell(ShellSession.local(parts, workplace), options, folder);
  }

  int run(Input input, PrintWriter out, PrintWriter notes) throws IOException {
    if (!options.commands().isEmpty()) {
      return script(out, notes, false).runEach(options.commands());
    }
    if (options.script().isPresent()) {
      List<String> lines = ScriptFile.read(options.script().get());
      int code = script(out, notes, true).run(lines);
      if (code != ScriptRun.DONE || session.isOver() || input.terminal() == null) {
        return code;
      }
    }
    Supplier<Terminal> terminal = input.terminal();
    if (terminal == null || options.isJson()) {
      return script(out, notes, terminal == null).run(input.input());
    }
    try (Terminal opened = terminal.get()) {
      return new ShellConsole(interpreter, session, opened).run(folder);
    }
  }

  private ScriptRun script(PrintWriter out, PrintWriter notes, boolean echoes) {
    Reporter reporter =
        options.isJson() ? new JsonReporter(out, notes) : new TextReporter(out, echoes);
    return new ScriptRun(interpreter, session, reporter);
  }
}
