package io.swarmstream.lab.bench.kernels;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.Magnitude;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm bench kernels}: measures how fast the merge methods are. */
@Command(
    name = "kernels",
    description = {
      "Merges one round's deltas in memory by each merge method, on all cores and chunk by chunk "
          + "as the job does, in turn with Flower's and geom_median's functions on the same deltas. "
          + "Functions that take longer than ten seconds run once. Reports times and ratios, the speed of this machine's memory, errors against float64, and "
          + "whether order and threads change any bit.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchKernelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--sites", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int sites = 8;

  @Option(
      names = "--parameters",
      paramLabel = "P",
      converter = Magnitude.class,
      description =
          "Parameters of the model, such as 1M; its tensors are to each other as those of ResNet-18. Default: 11.7M,"
              + " which is ResNet-18 itself with 11,689,512.")
  private Long parameters = ResNet18.PARAMETERS;

  @Option(
      names = "--turns",
      paramLabel = "T",
      description = "Number of runs of each function. Default: ${DEFAULT-VALUE}.")
  private int turns = 7;

  @Option(
      names = "--skip-peers",
      description = "Measure only our kernels and the machine; needs no Python.")
  private boolean skipPeers;

  @Mixin private JsonChoice json = new JsonChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    KernelsOptions options;
    try {
      options = new KernelsOptions(sites, parameters, turns, skipPeers);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    Phases phases = new Phases(spec.commandLine().getErr());
    AtomicReference<KernelsResult> measured = new AtomicReference<>();
    try {
      measured.set(
          new KernelsBenchmark(options, KernelsPace.STEADY, phases::run, measured::set).run());
    } finally {
      print(measured.get(), out);
    }
    return 0;
  }

  /** Prints what is measured, also when something has failed or Ctrl-C has ended the rest. */
  private void print(@Nullable KernelsResult result, PrintWriter out)
      throws JsonProcessingException {
    if (result == null) {
      return;
    }
    if (json.isJson()) {
      out.println(JsonChoice.text(result));
    } else {
      new KernelsTable(result).print(out);
    }
    out.flush();
  }
}
