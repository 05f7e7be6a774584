package io.swarmstream.cli;

import io.swarmstream.cli.demo.Demo;
import io.swarmstream.cli.demo.DemoOptions;
import io.swarmstream.cli.demo.DemoResult;
import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.demo.ResultJson;
import io.swarmstream.cli.demo.ResultTable;
import io.swarmstream.cli.demo.RoundLines;
import io.swarmstream.cli.demo.Verdict;
import io.swarmstream.cli.demo.report.Report;
import io.swarmstream.cli.options.EncodingChoice;
import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.MergeChoice;
import io.swarmstream.cli.options.OutputFile;
import io.swarmstream.examples.digits.DemoDefaults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm demo}: runs a whole swarm on this machine and shows what it achieves. */
@Command(
    name = "demo",
    description = {
      "Shows a swarm at work on this machine, with a real Kafka, Flink and Ethereum node.",
      "",
      "Hospitals that each see mostly some of the ten digits learn to read all of them, without"
          + " showing each other a picture. Each is then compared with what it learns alone, and"
          + " with what could be learned if all data were in one place: the same network, the same"
          + " number of mini-batches.",
      "",
      "Round 0 merges the initial weights; then come the training rounds. A round's milliseconds"
          + " count from the first site's first mini-batch until every site holds the merged model,"
          + " verified against its anchor on the chain. Accuracy is on digits that no site has.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:something failed; the message names the log", "2:wrong option"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--sites",
      paramLabel = "N",
      description = "Hospitals, 2 to 32. Default: ${DEFAULT-VALUE}.")
  private int sites = DemoDefaults.SITES;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "Training rounds, 1 to 1000, after round 0. Default: ${DEFAULT-VALUE}.")
  private int rounds = DemoDefaults.ROUNDS;

  @Mixin private MergeChoice merge = new MergeChoice();

  @Mixin private EncodingChoice encoding = new EncodingChoice();

  @Option(
      names = "--min-peers",
      paramLabel = "M",
      description =
          "Fewest sites that a round merges, 1 to N; it waits 10 s for the others. Default: more"
              + " than half of the sites.")
  private @Nullable Integer minPeers;

  @Option(
      names = "--sync-frequency",
      paramLabel = "B",
      description =
          "Mini-batches that a site trains between two rounds, 1 to 1000. Default:"
              + " ${DEFAULT-VALUE}.")
  private int syncFrequency = DemoDefaults.SYNC_FREQUENCY;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Seed of the digits' split, the initial weights and the order of mini-batches. Default: "
              + "${DEFAULT-VALUE}.")
  private long seed = DemoDefaults.SEED;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The HTML report to write. Default: ${DEFAULT-VALUE}.")
  private Path report = Path.of("swarm-demo-report.html");

  @Mixin private JsonChoice json = new JsonChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    DemoOptions options = options();
    Path file = writableReport();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    RoundLines lines = new RoundLines(json.isJson() ? err : out);

    DemoResult result = new Demo(options, new Phases(err), lines).run();
    Report.of(result).writeTo(file);

    if (json.isJson()) {
      out.println(ResultJson.of(result, file));
    } else {
      out.println();
      ResultTable.print(result, out);
      out.println();
      List.of(
              Verdict.comparison(result),
              Verdict.oneModel(result),
              Verdict.sent(result),
              "Report: " + file)
          .forEach(out::println);
    }
    return 0;
  }

  private DemoOptions options() {
    try {
      return new DemoOptions(
          sites,
          rounds,
          merge.specification(),
          encoding.encoding(),
          minPeers == null ? DemoOptions.majority(sites) : minPeers,
          syncFrequency,
          seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Checks the report's path before the demo runs, not after. */
  private Path writableReport() {
    try {
      return OutputFile.checked("--report", report);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
