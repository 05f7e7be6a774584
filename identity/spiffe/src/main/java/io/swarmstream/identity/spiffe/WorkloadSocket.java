package io.swarmstream.identity.spiffe;

import io.swarmstream.identity.IdentityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The address of a Workload API, in the form {@code unix:/path} or {@code tcp://address:port}. */
public record WorkloadSocket(String address) {
  /** HPE Swarm Learning's variable, then SPIFFE's own. */
  private static final List<String> VARIABLES =
      List.of("SWARM_SPIFFE_WORKLOAD_API_SOCKET_PATH", "SPIFFE_ENDPOINT_SOCKET");

  /**
   * Reads an address; a path alone is one of a Unix socket.
   *
   * @throws IdentityException if it is none
   */
  public static WorkloadSocket of(String text) {
    if (text.startsWith("/")) {
      return new WorkloadSocket("unix:" + text);
    }
    if (text.startsWith("unix:///")) {
      return new WorkloadSocket("unix:" + text.substring("unix://".length()));
    }
    if (text.startsWith("unix:/") || text.startsWith("tcp://")) {
      return new WorkloadSocket(text);
    }
    throw new IdentityException(
        "\"" + text + "\" is no address of a Workload API; give unix:/path/of/agent.sock");
  }

  /** Returns the address that variables name; empty if none is set. */
  public static Optional<WorkloadSocket> fromEnvironment(Map<String, String> environment) {
    return VARIABLES.stream()
        .map(name -> environment.getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(WorkloadSocket::of);
  }

  @Override
  public String toString() {
    return address;
  }
}
