package io.swarmstream.lab.network;

import static org.awaitility.Awaitility.await;

import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.testkit.spire.Spire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * SPIRE, with a server and a trust domain for each organisation and an agent for each machine. The
 * servers do not know of each other: the swarm exchanges the authorities that federation would.
 */
final class SpireIdentities implements MemberIdentities {
  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final Duration ROTATED = LIFETIME.multipliedBy(2);

  private final Path programs;
  private final Map<String, Spire> servers = new TreeMap<>();

  SpireIdentities(Path programs) {
    this.programs = programs;
  }

  private synchronized Spire server(String organisation) throws Exception {
    Spire running = servers.get(organisation);
    if (running == null) {
      running = Spire.start(programs, "org-" + organisation + ".test");
      servers.put(organisation, running);
    }
    return running;
  }

  @Override
  public Given node(String organisation, String host) throws Exception {
    return given(organisation, "node-" + organisation, "network", host);
  }

  @Override
  public Given site(String organisation, String site) throws Exception {
    return given(organisation, site, "site/" + site, "localhost");
  }

  private Given given(String organisation, String machine, String path, String host)
      throws Exception {
    String socket = server(organisation).agent(machine, path, LIFETIME, host);
    return organisation.equals("b")
        ? new Given(List.of(), Map.of("SWARM_SPIFFE_WORKLOAD_API_SOCKET_PATH", socket))
        : new Given(List.of("--spiffe", socket), Map.of());
  }

  @Override
  public void prepare(Path cluster, String host) {}

  @Override
  public void renew(String site, Path siteFolder) {
    IdentityFolder folder = IdentityFolder.at(siteFolder.resolve("identity"));
    Identity before = folder.read();
    await(site + " has another key than " + before.keyHash())
        .atMost(ROTATED)
        .until(() -> !folder.read().keyHash().equals(before.keyHash()));
  }

  @Override
  public Optional<List<String>> rotation(String organisation, String site) {
    return Optional.empty();
  }

  @Override
  public void close() throws Exception {
    for (Spire server : servers.values()) {
      server.close();
    }
  }
}
