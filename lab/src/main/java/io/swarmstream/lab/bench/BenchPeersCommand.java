package io.swarmstream.lab.bench;

import io.swarmstream.cli.cluster.Repository;
import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.Magnitude;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.lab.bench.machine.Machine;
import io.swarmstream.lab.bench.peers.Cell;
import io.swarmstream.lab.bench.peers.Comparison;
import io.swarmstream.lab.bench.peers.Contestant;
import io.swarmstream.lab.bench.peers.Measured;
import io.swarmstream.lab.bench.peers.Measurement;
import io.swarmstream.lab.bench.peers.Peer;
import io.swarmstream.lab.bench.peers.PeerContestant;
import io.swarmstream.lab.bench.peers.PeersProgress;
import io.swarmstream.lab.bench.peers.PeersTable;
import io.swarmstream.lab.bench.peers.Plan;
import io.swarmstream.lab.bench.peers.Versions;
import io.swarmstream.lab.bench.python.PeerEnvironment;
import io.swarmstream.schemas.DeltaEncoding;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm bench peers}: compares rounds of Swarmstream, Flower and NVFlare on one machine. */
@Command(
    name = "peers",
    description = {
      "Runs rounds of Swarmstream, Flower and NVFlare in alternation, each between processes over "
          + "its own transport, with sites that return what they received plus a seeded delta. Reports "
          + "the time of a round and its CPU, memory and loopback traffic. Run it on an idle machine, "
          + "because the traffic is that of the whole machine.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchPeersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--sites", paramLabel = "N", split = ",", description = "Default: 2,8,16.")
  private List<Integer> sites = List.of(2, 8, 16);

  @Option(
      names = {"--parameters", "--params"},
      paramLabel = "P",
      split = ",",
      converter = Magnitude.class,
      description = "Parameters of the model. Default: 10k,1M,11.7M,50M.")
  private List<Long> parameters = List.of(10_000L, 1_000_000L, 11_700_000L, 50_000_000L);

  @Option(
      names = "--peers",
      paramLabel = "PEER",
      split = ",",
      description = "Any of flwr, flwr-grpc, nvflare, nvflare-collab. Default: all of them.")
  private List<String> peers = List.of("flwr", "flwr-grpc", "nvflare", "nvflare-collab");

  @Option(
      names = "--encodings",
      paramLabel = "ENCODING",
      split = ",",
      description =
          "Encodings of our deltas: any of float32, float16, bfloat16, int8, int4, topk:P. Default: "
              + "float32, as the peers do.")
  private List<String> encodings = List.of(DeltaEncoding.FLOAT32.code());

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "Rounds that count, at most. Default: 50 of small models to 6 of large ones.")
  private @Nullable Integer rounds;

  @Option(
      names = "--deadline",
      paramLabel = "S",
      description =
          "Seconds after its start until an unfinished system counts as unfinished. Default: "
              + "${DEFAULT-VALUE}.")
  private int deadlineSeconds = 600;

  @Mixin private JsonChoice json = new JsonChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  private record Result(
      Machine machine,
      Map<String, String> versions,
      Map<String, String> systems,
      List<Measured> cells) {}

  @Override
  public Integer call() throws Exception {
    List<Cell> cells;
    List<Peer> chosen;
    List<Contestant> contestants = new ArrayList<>();
    try {
      cells = cells();
      encodings.forEach(code -> contestants.add(new SwarmContestant(DeltaEncoding.named(code))));
      chosen = Peer.named(peers);
      if (rounds != null) {
        RoundsOptions.requireAtLeast("--rounds", rounds, 1);
      }
      RoundsOptions.requireAtLeast("--deadline", deadlineSeconds, 1);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    PeerEnvironment python = PeerEnvironment.of(Repository.home(), new Phases(err)::run);
    chosen.forEach(peer -> contestants.add(new PeerContestant(peer, python)));
    Map<String, String> versions = Versions.of(python);
    Comparison comparison = comparison(cells, contestants);
    try {
      comparison.run(new PeersProgress(err));
    } finally {
      print(out, contestants, versions, comparison.measured());
    }
    return 0;
  }

  private void print(
      PrintWriter out,
      List<Contestant> contestants,
      Map<String, String> versions,
      List<Measured> measured)
      throws IOException {
    if (json.isJson()) {
      Map<String, String> systems = new LinkedHashMap<>();
      contestants.forEach(one -> systems.put(one.name(), one.what()));
      Result result = new Result(Machine.here(), versions, systems, measured);
      out.println(JsonChoice.text(result));
    } else {
      out.println(Machine.here());
      versions.forEach((name, version) -> out.printf("%s %s  ", name, version));
      out.printf("%n%n");
      PeersTable.print(out, measured, contestants.stream().map(Contestant::name).toList());
    }
  }

  private Comparison comparison(List<Cell> cells, List<Contestant> contestants) {
    // Ctrl-C runs no finally block.
    Thread atExit =
        new Thread(
            () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly));
    Runtime.getRuntime().addShutdownHook(atExit);
    Measurement measurement = new Measurement(SwarmFolders.home(), site -> SeededModel.noise(site));
    Duration deadline = Duration.ofSeconds(deadlineSeconds);
    return new Comparison(cells, contestants, cell -> Plan.of(cell, rounds, deadline), measurement);
  }

  private List<Cell> cells() {
    return parameters.stream()
        .flatMap(values -> sites.stream().map(count -> new Cell(count, values)))
        .toList();
  }
}
