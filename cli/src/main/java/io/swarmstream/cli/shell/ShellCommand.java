package io.swarmstream.cli.shell;

import io.swarmstream.shell.ServedShell;
import io.swarmstream.shell.Shell;
import io.swarmstream.shell.ShellOptions;
import io.swarmstream.shell.service.ShellService;
import io.swarmstream.shell.swarm.ShellMember;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm shell}. */
@Command(
    name = "shell",
    aliases = "swci",
    description = {
      "The command interface: contexts, training contracts, tasks and taskrunners, by HPE Swarm"
          + " Learning's commands. HELP lists them.",
      "",
      "Asks for commands at a terminal; else reads them as a script. --serve answers them over HTTPS.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a command failed, and EXIT ON FAILURE was on or -c gave it; or something else failed",
      "2:wrong option, or a line that is no command; the message says which"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ShellCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Folder of the member that acts: a network node's, or one of 'swarm site join'. Default:"
              + " .swarm/network, else .swarm/site.")
  private @Nullable Path folder;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Runs this script first; one that ends with EXIT ends the shell.")
  private @Nullable Path script;

  @Option(
      names = "-c",
      paramLabel = "COMMAND",
      description = "Runs this command and no other. May be given several times.")
  private List<String> commands = List.of();

  @Option(
      names = "--usr-dir",
      paramLabel = "DIR",
      description = "The folder that scripts call /platform/swarm/usr.")
  private @Nullable Path usr;

  @Option(
      names = "--alias",
      paramLabel = "NAME=HOST:PORT",
      description = "Where a network node is that scripts call NAME. May be given several times.")
  private Map<String, String> aliases = new LinkedHashMap<>();

  @Option(names = "--json", description = "Prints one JSON object for each command.")
  private boolean json;

  @Option(names = "--serve", description = "Answers commands over HTTPS until Ctrl-C.")
  private boolean serve;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "With --serve: address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "With --serve: port to listen on; 0: any free one. Default: ${DEFAULT-VALUE}.")
  private int port = ShellService.PORT;

  @Option(
      names = "--allow",
      paramLabel = "MEMBER",
      description =
          "With --serve: this member may call, and acts with this folder's account. May be given"
              + " several times.")
  private Set<String> allowed = new LinkedHashSet<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    ShellOptions options = options();
    ShellMember member = MemberFolder.find(Optional.ofNullable(folder));
    PrintWriter out = spec.commandLine().getOut();
    if (serve) {
      serve(member, options, out);
      return 0;
    }
    return Shell.run(member, options, Shell.Input.ofProcess(), out, spec.commandLine().getErr());
  }

  private ShellOptions options() {
    try {
      if (serve && (script != null || !commands.isEmpty() || json)) {
        throw new IllegalArgumentException("--serve takes no --script, -c or --json");
      }
      if (!serve && !allowed.isEmpty()) {
        throw new IllegalArgumentException("--allow needs --serve");
      }
      if (script != null && !Files.isRegularFile(script)) {
        throw new IllegalArgumentException("--script " + script + " is no file");
      }
      if (usr != null && !Files.isDirectory(usr)) {
        throw new IllegalArgumentException("--usr-dir " + usr + " is no folder");
      }
      return new ShellOptions(
          Optional.ofNullable(script), commands, Optional.ofNullable(usr), aliases, json);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void serve(ShellMember member, ShellOptions options, PrintWriter out) throws IOException {
    try (ServedShell served = Shell.serve(member, options, new Place(host, port), allowed)) {
      out.println("The shell of " + member.name() + " is at " + served.uri() + ".");
      out.println(
          "It serves its own member"
              + (allowed.isEmpty() ? "" : " and " + String.join(", ", allowed))
              + ", who show their certificates.");
      out.println("Ctrl-C stops it.");
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      spec.commandLine().getErr().println("stopping");
    }
  }
}
