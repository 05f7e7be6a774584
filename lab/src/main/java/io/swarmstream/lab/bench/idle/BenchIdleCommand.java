package io.swarmstream.lab.bench.idle;

import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.JsonChoice;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm bench idle}: measures what a swarm costs that nobody trains with. */
@Command(
    name = "idle",
    description = {
      "Starts 'swarm up' and a site's node as processes, and reports how long they take to start, and the CPU and "
          + "memory of each while nobody trains.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchIdleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--starts",
      paramLabel = "N",
      description = "How often to start the swarm. Default: ${DEFAULT-VALUE}.")
  private int starts = 3;

  @Option(
      names = "--settle",
      paramLabel = "S",
      description =
          "Seconds between the start and the measurement: a JVM compiles for a while what it has"
              + " just begun to run. Default: ${DEFAULT-VALUE}.")
  private int settleSeconds = 60;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds to watch the processes. Default: ${DEFAULT-VALUE}.")
  private int watchSeconds = 60;

  @Mixin private JsonChoice json = new JsonChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    IdleBenchmark.Options options;
    try {
      options =
          new IdleBenchmark.Options(
              starts, Duration.ofSeconds(settleSeconds), Duration.ofSeconds(watchSeconds));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    Phases phases = new Phases(spec.commandLine().getErr());
    IdleResult result = new IdleBenchmark(options, script(), phases::run).run();
    if (json.isJson()) {
      out.println(JsonChoice.text(result));
    } else {
      IdleTable.print(result, out);
    }
    return 0;
  }

  private static Path script() {
    Path home = Path.of(System.getProperty("swarm.home", "."));
    Path script = home.resolve("swarm");
    return Files.isRegularFile(script) ? script : home.resolve("bin/swarm");
  }
}
