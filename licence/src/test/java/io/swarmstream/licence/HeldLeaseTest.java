package io.swarmstream.licence;

import static io.swarmstream.licence.TestLicences.site;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose licence server comes and goes; both have the test's clock. */
@SuppressWarnings("NullAway.Init")
class HeldLeaseTest {
  private final TestClock clock = new TestClock();
  @TempDir Path folder;
  private TestServers servers;
  private LicenceServer server;

  @BeforeEach
  void start() throws Exception {
    servers = new TestServers(folder, clock);
    server = servers.alone();
    var unused = server.install(TestLicences.licence());
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  private HeldLease held(String nodeId) throws IOException {
    return HeldLease.byHand(
        servers.client("hospital-b", server.uri()), site("hospital-b", nodeId), clock);
  }

  @Test
  void beginsNoTrainingWithoutAPlace() throws Exception {
    try (HeldLease first = held("mr-1");
        HeldLease second = held("mr-2")) {
      assertThat(first.refusal()).hasValueSatisfying(why -> assertThat(why).contains("no licence"));
      assertThat(first.renew()).isTrue();
      assertThat(first.refusal()).isEmpty();

      assertThat(second.renew()).isFalse();
      assertThat(second.refusal().orElseThrow()).contains("begins no new training", "mr-1 (since");
      first.close();

      assertThat(second.renew()).isTrue();
      assertThat(second.refusal()).isEmpty();
    }
  }

  @Test
  void hasTheTimeOfItsLeaseWhenTheServerIsGone() throws Exception {
    HeldLease held = held("mr-1");
    assertThat(held.renew()).isTrue();
    server.close();
    clock.goOn(Duration.ofMinutes(3));

    assertThat(held.renew()).isFalse();
    clock.goOn(Duration.ofSeconds(119));
    assertThat(held.refusal()).isEmpty();
    clock.goOn(Duration.ofSeconds(1));

    assertThat(held.refusal().orElseThrow())
        .contains("since 2026-11-28T12:05:00Z", "what it has begun goes on", "no licence server");
    held.close();
  }

  @Test
  void isToldOfItsRevocationAtTheNextRenewal() throws Exception {
    try (HeldLease held = held("mr-1")) {
      assertThat(held.renew()).isTrue();
      LicenceClient admin = servers.admin(server.uri());
      var revocation = admin.revoke(admin.leases().get(0).id());

      assertThat(held.renew()).isFalse();
      assertThat(held.refusal().orElseThrow()).contains("mr-1 was revoked");
      admin.readmit(revocation.id());

      assertThat(held.renew()).isTrue();
    }
  }

  @Test
  void takesAnotherLeaseWhenItsOwnIsOver() throws Exception {
    try (HeldLease held = held("mr-1")) {
      assertThat(held.renew()).isTrue();
      clock.goOn(Duration.ofHours(1));
      assertThat(held.refusal()).isPresent();

      assertThat(held.renew()).isTrue();
      assertThat(held.refusal()).isEmpty();
    }
  }
}
