package io.swarmstream.cli;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.cli.verify.ProgressLines;
import io.swarmstream.cli.verify.VerificationJson;
import io.swarmstream.jobs.VerifyArguments;
import io.swarmstream.schemas.files.TemporaryFolder;
import io.swarmstream.verification.ReportText;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm verify}: proves which contributions made a model. */
@Command(
    name = "verify",
    description = {
      "Proves which contributions made a model: replays rounds from the log and compares them with the chain.",
      "",
      "Checks the round records against their anchors, the contract's terms, the enrolments and each"
          + " other; finds each contribution that they name in the log and checks its signature and"
          + " hashes; merges them again by the code of the main job; and compares records and"
          + " published models bit for bit.",
      "",
      "Reports a round whose deltas or base are no longer kept as one that cannot be replayed, which is no proof.",
      "",
      "Without --swarm, uses the local swarm that is running: .swarm/up or .swarm/cluster.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every round asked for is proven",
      "1:one is not, or something failed; the message says what",
      "2:wrong option"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private VerifyArguments arguments = new VerifyArguments();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Threads to replay on. Default: one for each processor.")
  private @Nullable Integer parallelism;

  @Mixin private JsonChoice json = new JsonChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    VerifyOptions options = options();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Verification verification;
    try (TemporaryFolder temporary = TemporaryFolder.make()) {
      VerifyJob.Place here =
          VerifyJob.inThisProcess(
              parallelism == null ? OptionalInt.empty() : OptionalInt.of(parallelism),
              temporary.path());
      verification = new Verifier(options, here, new ProgressLines(err)).run();
    }
    if (json.isJson()) {
      out.println(VerificationJson.of(verification));
    } else {
      ReportText.print(verification, out);
    }
    return verification.status() == Status.PROVEN ? 0 : 1;
  }

  private VerifyOptions options() {
    if (parallelism != null && (parallelism < 1 || parallelism > 1024)) {
      throw new ParameterException(
          spec.commandLine(), "--parallelism must be 1 to 1024, got " + parallelism);
    }
    try {
      return arguments.options(Optional.of(SwarmFolders.running()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
