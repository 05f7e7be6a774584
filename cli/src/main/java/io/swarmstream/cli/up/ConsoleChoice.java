package io.swarmstream.cli.up;

import io.swarmstream.local.console.ConsolePort;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a local swarm's console listens, if at all. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConsoleChoice {
  private static final String OFF = "off";
  private static final String USUAL = "usual";
  private static final int MAX_PORT = 65_535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--console",
      paramLabel = "PORT|off",
      description =
          "Port of the web console, which only programs on this machine reach; 0: any free one; off: no"
              + " console. Default: "
              + ConsolePort.USUAL
              + ", or any free port if that is taken.")
  private String console = USUAL;

  /**
   * The port; empty: no console.
   *
   * @throws ParameterException when it is none
   */
  Optional<ConsolePort> port() {
    return switch (console) {
      case OFF -> Optional.empty();
      case USUAL -> Optional.of(new ConsolePort(OptionalInt.empty()));
      default -> Optional.of(new ConsolePort(OptionalInt.of(number())));
    };
  }

  private int number() {
    try {
      int port = Integer.parseInt(console);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new ParameterException(
        command.commandLine(),
        "--console is " + console + "; it has to be a port from 0 to " + MAX_PORT + ", or off");
  }
}
