package io.swarmstream.identity.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.IdentityFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpiffeIdentityTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path temp;

  @Test
  void writesEachSvidAndAllBundlesIntoTheFolder() throws Exception {
    TrustDomain own = TrustDomain.create("a.org");
    TrustDomain federated = TrustDomain.create("b.org");
    TrustDomain other = TrustDomain.create("c.org");
    IdentityFolder folder = IdentityFolder.at(temp.resolve("identity"));
    try (FakeWorkloadApi agent = FakeWorkloadApi.start()) {
      Identity first = own.issue("spiffe://a.org/site");
      agent.issue(first, Map.of("b.org", federated.root()));
      try (SpiffeIdentity unused =
          SpiffeIdentity.follow(agent.socket(), folder, () -> List.of(other.root()), SOON)) {
        assertThat(folder.readValid().leaf()).isEqualTo(first.leaf());
        assertThat(folder.read().spiffeId()).contains("spiffe://a.org/site");
        assertThat(folder.read().principal()).isEqualTo("spiffe://a.org/site");
        assertThat(folder.read().authorities())
            .containsExactlyInAnyOrder(own.root(), federated.root(), other.root());

        Identity rotated = own.issue("spiffe://a.org/site");
        agent.issue(rotated, Map.of());
        await().atMost(SOON).until(() -> folder.readValid().leaf(), rotated.leaf()::equals);
        assertThat(folder.read().authorities()).containsExactlyInAnyOrder(own.root(), other.root());
      }
    }
  }

  @Test
  void waitsForARegistrationEntry() throws Exception {
    TrustDomain own = TrustDomain.create("a.org");
    IdentityFolder folder = IdentityFolder.at(temp.resolve("identity"));
    try (FakeWorkloadApi agent = FakeWorkloadApi.start()) {
      Thread operator =
          new Thread(
              () -> {
                try {
                  Thread.sleep(1_000);
                  agent.issue(own.issue("spiffe://a.org/late"), Map.of());
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      operator.start();
      try (SpiffeIdentity unused = SpiffeIdentity.follow(agent.socket(), folder, List::of, SOON)) {
        assertThat(folder.read().spiffeId()).contains("spiffe://a.org/late");
      }
      operator.join();
    }
  }

  @Test
  void saysAtTheDeadlineWhatToCheck() throws Exception {
    IdentityFolder folder = IdentityFolder.at(temp.resolve("identity"));
    try (FakeWorkloadApi agent = FakeWorkloadApi.start()) {
      assertThatThrownBy(
              () -> SpiffeIdentity.follow(agent.socket(), folder, List::of, Duration.ofSeconds(2)))
          .isInstanceOf(IdentityException.class)
          .hasMessageContaining("within 2 s")
          .hasMessageContaining("no identity issued")
          .hasMessageContaining("registration entry");
    }
    assertThatThrownBy(
            () ->
                SpiffeIdentity.follow(
                    WorkloadSocket.of(temp.resolve("no.sock").toString()),
                    folder,
                    List::of,
                    Duration.ofSeconds(2)))
        .hasMessageContaining("no.sock")
        .hasMessageContaining("is the agent running");
    assertThat(folder.exists()).isFalse();
  }

  @Test
  void findsTheSocketInTheVariablesOfHpeAndSpiffe() {
    assertThat(
            WorkloadSocket.fromEnvironment(
                Map.of(
                    "SWARM_SPIFFE_WORKLOAD_API_SOCKET_PATH", "/run/agent.sock",
                    "SPIFFE_ENDPOINT_SOCKET", "unix:///run/other.sock")))
        .contains(new WorkloadSocket("unix:/run/agent.sock"));
    assertThat(
            WorkloadSocket.fromEnvironment(
                Map.of("SPIFFE_ENDPOINT_SOCKET", "unix:///run/other.sock")))
        .contains(new WorkloadSocket("unix:/run/other.sock"));
    assertThat(WorkloadSocket.fromEnvironment(Map.of())).isEmpty();
    assertThatThrownBy(() -> WorkloadSocket.of("http://x")).hasMessageContaining("unix:/path");
  }
}
