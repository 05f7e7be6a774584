package io.swarmstream.jobs;

import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.jobs.options.ConnectionOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that {@code flink run} starts: parses the options, then runs the job. */
@Command(
    name = "flink run swarmstream-job.jar",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Serves all training contracts of a chain: merges the sites' deltas in sync rounds.",
    footer = {
      "",
      "Example:",
      "  flink run -d swarmstream-job.jar --kafka broker:9092 --chain http://node:8545 \\",
      "    --training-contracts 0x… --round-anchors 0x… --coordinator-key-file /etc/swarmstream/key"
    })
public final class SwarmJobCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--confirmations",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Blocks that have to follow an event before it counts; default ${DEFAULT-VALUE}, for chains that never"
              + " reorganise.")
  private int confirmations;

  @Option(
      names = "--coordinator-key-file",
      paramLabel = "FILE",
      description =
          "File with the private key (hex) of the account that anchors rounds, on every TaskManager.")
  private String coordinatorKeyFile = "";

  @Option(
      names = "--id",
      defaultValue = SwarmJobOptions.DEFAULT_ID,
      paramLabel = "NAME",
      description =
          "Identifies this job among the jobs of the Kafka cluster (consumer group, transactions); "
              + "never change it between restarts; default ${DEFAULT-VALUE}.")
  private String id = SwarmJobOptions.DEFAULT_ID;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "URI",
      description =
          "Folder for checkpoints that all processes of the cluster reach; default: execution.checkpointing.dir of the"
              + " cluster's configuration.")
  private @Nullable String checkpointDirectory;

  @Option(
      names = "--checkpoint-interval-ms",
      defaultValue = "5000",
      paramLabel = "MS",
      description =
          "Interval between checkpoints that no round asks for: how much of the log is read again "
              + "after a crash; default ${DEFAULT-VALUE}.")
  private long checkpointIntervalMs;

  @Option(
      names = "--discovery-interval-ms",
      defaultValue = "5000",
      paramLabel = "MS",
      description =
          "How often Kafka is asked for the topics of new contracts; default ${DEFAULT-VALUE}.")
  private long discoveryIntervalMs;

  @Option(
      names = "--replication-factor",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Copies of each record in topics that the job creates; 3 for production; default ${DEFAULT-VALUE}.")
  private int replicationFactor;

  @Option(
      names = "--delta-retention-hours",
      defaultValue = "168",
      paramLabel = "H",
      description =
          "Retention of the deltas topics that the job creates: how far back rounds can be verified, "
              + "and a bound of the disk. A site must resend a contribution that has waited for other sites "
              + "for half of it. Default ${DEFAULT-VALUE}.")
  private long deltaRetentionHours;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  /** Runs the job's command line; ends the process with 2 when an option is wrong. */
  public static void main(String[] args) {
    int exitCode = commandLine().execute(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static CommandLine commandLine() {
    return explaining(new CommandLine(new SwarmJobCommand()));
  }

  /** Makes the command line report wrong options in one sentence and return 2. */
  static CommandLine explaining(CommandLine commandLine) {
    return commandLine
        .setParameterExceptionHandler(
            (error, args) -> {
              error
                  .getCommandLine()
                  .getErr()
                  .println(error.getMessage() + "; --help lists the options");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (error, command, parsed) -> {
              if (error instanceof IllegalArgumentException) {
                command.getErr().println(error.getMessage());
                return CommandLine.ExitCode.USAGE;
              }
              throw error;
            });
  }

  /** Checks the options. */
  SwarmJobOptions options() {
    ConnectionOptions.Connection swarm = connection.connection(Optional.empty());
    // Checked here, not by picocli, so that missing addresses are named first.
    if (coordinatorKeyFile.isBlank()) {
      throw new IllegalArgumentException("--coordinator-key-file is missing; name the key's file");
    }
    return new SwarmJobOptions(
        id,
        swarm.kafka(),
        TopicOptions.defaults()
            .withReplicationFactor(replicationFactor)
            .withDeltaRetention(Duration.ofHours(deltaRetentionHours)),
        swarm.chain().withConfirmations(confirmations),
        SigningKey.ofFile(coordinatorKeyFile),
        new SwarmJobOptions.Intervals(
            Duration.ofMillis(checkpointIntervalMs), Duration.ofMillis(discoveryIntervalMs)),
        Optional.ofNullable(checkpointDirectory));
  }

  @Override
  public Integer call() throws Exception {
    SwarmJobOptions options = options();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(SwarmJob.configuration(options));
    if (env.getConfiguration().getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty()) {
      throw new IllegalArgumentException(
          "no folder for checkpoints: give --checkpoint-dir, or set execution.checkpointing.dir in the cluster's"
              + " configuration");
    }
    SwarmJob.assemble(env, options);
    env.execute(options.id());
    return CommandLine.ExitCode.OK;
  }
}
