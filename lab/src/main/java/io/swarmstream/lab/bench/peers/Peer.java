package io.swarmstream.lab.bench.peers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way to run rounds between processes with another system: a program in {@code
 * benchmarks/python/peers}.
 */
public enum Peer {
  FLWR("flwr", "SuperLink and SuperNodes, message API, HTTP", "flwr_deployment", 3, 7),
  FLWR_GRPC("flwr-grpc", "start_server and start_client, gRPC, deprecated", "flwr_grpc", 1, 6),
  NVFLARE("nvflare", "FedAvg controller, simulator with processes, TCP", "nvflare_fedavg", 1, 4),
  NVFLARE_COLLAB(
      "nvflare-collab", "Collab API, simulator with processes, TCP", "nvflare_collab", 1, 4);

  /** Memory of an interpreter with its libraries. */
  private static final long PROCESS = 150L << 20;

  private static final int MODELS_OF_THE_SERVER = 6;

  private final String label;
  private final String what;
  private final String module;
  private final int processesPerSite;
  private final int modelsPerSite;

  Peer(String label, String what, String module, int processesPerSite, int modelsPerSite) {
    this.label = label;
    this.what = what;
    this.module = module;
    this.processesPerSite = processesPerSite;
    this.modelsPerSite = modelsPerSite;
  }

  /** The peer's name in {@code --peers}. */
  String label() {
    return label;
  }

  String what() {
    return what;
  }

  String module() {
    return module;
  }

  /**
   * An estimate from the number of copies that each process makes; not yet compared with large
   * cells.
   */
  long memoryBytes(Cell cell) {
    long processes = 2L + (long) processesPerSite * cell.sites();
    long models = MODELS_OF_THE_SERVER + (long) modelsPerSite * cell.sites();
    return processes * PROCESS + models * cell.modelBytes();
  }

  /**
   * Finds the peers with these names.
   *
   * @throws IllegalArgumentException naming the option and the existing peers
   */
  public static List<Peer> named(List<String> names) {
    return names.stream().map(Peer::named).distinct().toList();
  }

  private static Peer named(String name) {
    return Arrays.stream(values())
        .filter(peer -> peer.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("--peers has '" + name + "'; there are " + labels()));
  }

  /** The names of all peers, as an option takes them. */
  static String labels() {
    return Arrays.stream(values()).map(Peer::label).collect(Collectors.joining(", "));
  }
}
