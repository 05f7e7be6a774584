package io.swarmstream.lab.attack.suite;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.lab.attack.learner.DataSplit;
import io.swarmstream.lab.attack.learner.TrainingChoice;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm attack merge}: measures what bad sites do to the merged model. */
@Command(
    name = "merge",
    description = {
      "Trains in memory with sites of which some attack, and merges with the product's merge methods and limits. "
          + "Prints how much accuracy each attack costs with each method, against the same training without bad sites. "
          + "The bad sites see the honest deltas and know the method.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class AttackMergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private TrainingChoice training = new TrainingChoice();

  @Option(names = "--sites", paramLabel = "N", description = "3 to 32. Default: ${DEFAULT-VALUE}.")
  private int sites = 12;

  @Option(
      names = "--bad",
      paramLabel = "F",
      description = "How many of the sites attack. Default: a quarter.")
  private @Nullable Integer bad;

  @Option(
      names = "--groups",
      paramLabel = "G",
      description =
          "Draw the sites into so many groups in each round and merge the groups' means, as under "
              + "--privacy grouped; with --max-norm none. Default: none.")
  private int groups = 1;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "Rounds, each after an epoch at each site. Default: ${DEFAULT-VALUE}.")
  private int rounds = 25;

  @Option(
      names = "--attacks",
      paramLabel = "ATTACK",
      split = ",",
      description = "Default: all, which the table explains.")
  private @Nullable List<String> attacks;

  @Option(
      names = "--merge",
      paramLabel = "METHOD",
      split = ",",
      description =
          "Merge methods; F stands for the number of bad sites. Default: ${DEFAULT-VALUE}.")
  private List<String> merges =
      List.of(
          "mean", "coordmedian", "geomedian", "trimmedmean:F", "multikrum:F", "nnm+trimmedmean:F");

  @Option(
      names = "--max-norm",
      paramLabel = "LENGTH",
      split = ",",
      description = "Limits on the length of deltas. Default: ${DEFAULT-VALUE}.")
  private List<String> maxNorms = List.of("none", "median*2");

  @Option(
      names = "--splits",
      paramLabel = "SPLIT",
      split = ",",
      description =
          "${COMPLETION-CANDIDATES}: sites have all classes alike, or mostly four of the ten. Default: both.")
  private List<DataSplit> splits = List.of(DataSplit.values());

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
    SuiteResult result;
    try {
      result = new AttackSuite(options()).run(new SuiteProgress(spec.commandLine().getErr()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (json.isJson()) {
      out.println(JsonChoice.text(result));
    } else {
      new SuiteTable(result).print(out);
    }
    out.flush();
    return 0;
  }

  private SuiteOptions options() {
    return new SuiteOptions(
        training.data(),
        sites,
        bad == null ? Math.max(1, sites / 4) : bad,
        groups,
        rounds,
        training.seeds(),
        training.firstSeed(),
        attacks == null ? Attack.all() : attacks.stream().map(Attack::named).toList(),
        merges,
        maxNorms,
        splits);
  }
}
