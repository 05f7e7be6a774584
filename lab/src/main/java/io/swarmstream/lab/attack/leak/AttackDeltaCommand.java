package io.swarmstream.lab.attack.leak;

import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.lab.attack.learner.TrainingChoice;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm attack delta}: measures what one readable delta gives away. */
@Command(
    name = "delta",
    description = {
      "Trains in memory with honest sites, and attacks the deltas of one of them as somebody can who reads them, such as "
          + "an auditor or the job's operator: reads training images off a delta, and tells which records a "
          + "site has trained on.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class AttackDeltaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private TrainingChoice training = new TrainingChoice();

  @Option(names = "--sites", paramLabel = "N", description = "2 to 32. Default: ${DEFAULT-VALUE}.")
  private int sites = 12;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description =
          "Rounds, each after an epoch at each site; the first, the middle and the last are attacked. Default: ${DEFAULT-VALUE}.")
  private int rounds = 25;

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
    LeakResult result;
    try {
      LeakOptions options =
          new LeakOptions(training.data(), sites, rounds, training.seeds(), training.firstSeed());
      result =
          new Phases(spec.commandLine().getErr()).run("attacking", () -> LeakMeans.of(options));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (json.isJson()) {
      out.println(JsonChoice.text(result));
    } else {
      LeakTable.print(result, out);
    }
    out.flush();
    return 0;
  }
}
