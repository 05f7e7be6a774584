package io.swarmstream.jobs;

import io.swarmstream.jobs.options.ConnectionOptions;
import io.swarmstream.verification.VerifyOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a verification, wherever it runs. */
public final class VerifyArguments {
  @Option(
      names = "--contract",
      required = true,
      paramLabel = "NAME",
      description = "The training contract to verify.")
  private String contract = "";

  @ArgGroup(multiplicity = "1")
  private Rounds rounds = new Rounds();

  /** Selects the rounds; exactly one of the two options is given. */
  static final class Rounds {
    @Option(
        names = "--round",
        required = true,
        paramLabel = "R",
        description = "Verify this round.")
    private @Nullable Long round;

    @Option(names = "--all", required = true, description = "Verify every round.")
    @SuppressWarnings("UnusedVariable") // its absence is what counts
    private boolean all;
  }

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  /**
   * Checks the options.
   *
   * @param localSwarm folder that counts as {@code --swarm} when that is not given; empty: none
   * @throws IllegalArgumentException naming what is missing or wrong
   */
  public VerifyOptions options(Optional<Path> localSwarm) {
    ConnectionOptions.Connection swarm = connection.connection(localSwarm);
    return new VerifyOptions(
        contract,
        rounds.round == null ? OptionalLong.empty() : OptionalLong.of(rounds.round),
        swarm.kafka(),
        swarm.chain(),
        VerifyOptions.DEFAULT_PATIENCE);
  }
}
