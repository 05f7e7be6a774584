package io.swarmstream.jobs;

import io.swarmstream.verification.Progress;
import io.swarmstream.verification.ReportText;
import io.swarmstream.verification.RoundVerdict;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies a long training on a cluster; started by {@code flink run -c}. */
@Command(
    name = "flink run -c io.swarmstream.jobs.VerifyJobCommand swarmstream-job.jar",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Replays rounds from the log and compares them with what is published and anchored.")
public final class VerifyJobCommand implements Callable<Integer> {
  @Mixin private VerifyArguments arguments = new VerifyArguments();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  /** Exits with 0 when all rounds are proven, 1 when one is not, 2 when an option is wrong. */
  public static void main(String[] args) {
    int exitCode =
        SwarmJobCommand.explaining(new CommandLine(new VerifyJobCommand())).execute(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public Integer call() throws Exception {
    VerifyOptions options = arguments.options(Optional.empty());
    Verification verification =
        new Verifier(options, VerifyJob.onTheCluster(), Progress.none()).run();
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    ReportText.print(verification, out);
    return verification.status() == RoundVerdict.Status.PROVEN ? 0 : 1;
  }
}
