package io.swarmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class SwarmJobCommandTest {
  private static final List<String> COMPLETE =
      List.of(
          "--kafka=broker:9092",
          "--chain=http://node:8545",
          "--training-contracts=0x00000000000000000000000000000000000000aa",
          "--round-anchors=0x00000000000000000000000000000000000000bb",
          "--coordinator-key-file=/key");

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  /** An option to leave out, or one to add, and what the sentence has to name. */
  record Fault(String without, String with, String named) {
    @Override
    public String toString() {
      return without.isEmpty() ? with : "without " + without;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("--kafka", "", "--kafka"),
        new Fault("--chain", "", "--chain"),
        new Fault("--training-contracts", "", "--training-contracts"),
        new Fault("--round-anchors", "", "--round-anchors"),
        new Fault("--coordinator-key-file", "", "--coordinator-key-file"),
        new Fault("", "--coordinator-key-env=KEY", "--coordinator-key-env"),
        new Fault("", "--kafka-property=ssl.key.password=hunter2", "--kafka-config"),
        new Fault("", "--kafka-config=/nowhere", "/nowhere"),
        new Fault("", "--colour=blue", "--colour"),
        new Fault("", "--checkpoint-interval-ms=fast", "--checkpoint-interval-ms"),
        new Fault("", "--checkpoint-interval-ms=1", "checkpointInterval"),
        new Fault("", "--replication-factor=0", "replicationFactor"),
        new Fault("", "--id=no spaces", "id"),
        new Fault("--chain", "--chain=ws://node:8546", "http"),
        new Fault("--round-anchors", "--round-anchors=0x12", "roundAnchors"),
        new Fault("", "", "--checkpoint-dir"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void namesAWrongOrMissingOptionInOneSentence(Fault fault) {
    List<String> args = new ArrayList<>(COMPLETE);
    if (!fault.without().isEmpty()) {
      args.removeIf(arg -> arg.startsWith(fault.without() + "="));
    }
    if (!fault.with().isEmpty()) {
      args.add(fault.with());
    }
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains(fault.named());
  }

  @Test
  void namesMissingAddressesFirst() {
    assertThat(run(List.of("--kafka", "localhost:1"))).isEqualTo(2);
    assertThat(err.toString()).contains("--chain");
  }

  @Test
  void documentsEveryOption() {
    assertThat(run(List.of("--help"))).isZero();
    for (CommandLine.Model.OptionSpec option :
        SwarmJobCommand.commandLine().getCommandSpec().options()) {
      assertThat(out.toString()).contains(option.longestName());
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
  }

  @Test
  void hasTheDefaultsThatItsHelpStates() {
    SwarmJobCommand command = new SwarmJobCommand();
    new CommandLine(command).parseArgs(COMPLETE.toArray(String[]::new));
    SwarmJobOptions options = command.options();
    assertThat(options.id()).isEqualTo(SwarmJobOptions.DEFAULT_ID);
    assertThat(options.intervals().checkpoint())
        .isEqualTo(SwarmJobOptions.DEFAULT_CHECKPOINT_INTERVAL);
    assertThat(options.intervals().discovery())
        .isEqualTo(SwarmJobOptions.DEFAULT_DISCOVERY_INTERVAL);
    assertThat(options.chain().confirmations()).isZero();
    assertThat(options.topics().replicationFactor()).isEqualTo(1);
  }

  @Test
  void takesItsAddressesFromASwarmsFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("swarm.properties");
    Files.writeString(
        file,
        COMPLETE.subList(0, 4).stream()
            .map(option -> option.substring(2))
            .collect(Collectors.joining("\n")));
    SwarmJobCommand command = new SwarmJobCommand();
    new CommandLine(command).parseArgs("--swarm=" + file, "--coordinator-key-file=/key");

    assertThat(command.options().kafka().bootstrapServers()).isEqualTo("broker:9092");
    assertThat(command.options().chain().rpcUrl()).isEqualTo("http://node:8545");
  }

  private int run(List<String> args) {
    return SwarmJobCommand.commandLine()
        .setErr(new PrintWriter(err, true))
        .setOut(new PrintWriter(out, true))
        .execute(args.toArray(String[]::new));
  }
}
