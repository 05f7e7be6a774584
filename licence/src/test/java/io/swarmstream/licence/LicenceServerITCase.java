package io.swarmstream.licence;

import static io.swarmstream.licence.TestLicences.ISSUER;
import static io.swarmstream.licence.TestLicences.entitlement;
import static io.swarmstream.licence.TestLicences.licence;
import static io.swarmstream.licence.TestLicences.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A primary and a secondary over mutual TLS, and nodes of two organisations. */
@SuppressWarnings("NullAway.Init")
@Timeout(120)
class LicenceServerITCase {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private TestServers servers;
  private LicenceServer primary;
  private LicenceServer secondary;
  private LicenceClient nodes;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    servers = new TestServers(folder, Clock.systemUTC());
    primary = servers.primary();
    open.add(primary);
    secondary = servers.secondary();
    open.add(secondary);
    nodes = servers.client("hospital-a", servers.primaryUri(), servers.secondaryUri());
    var unused = servers.admin(servers.primaryUri()).install(licence());
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable server : open) {
      server.close();
    }
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("after 20 s: " + what).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static void refused(ThrowingCallable call, String code, String part) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LicenceRefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }

  @Test
  void refusesMoreNodesThanEntitledAndSaysWhoHoldsThePlaces() {
    Lease first = nodes.take(site("hospital-a", "ct-1"));
    var unused = nodes.take(site("hospital-a", "ct-2"));

    refused(() -> nodes.take(site("hospital-a", "ct-3")), "no-place", "ct-1 (since ");
    nodes.release(first.id());

    assertThat(nodes.take(site("hospital-a", "ct-3")).nodeId()).isEqualTo("ct-3");
    assertThat(nodes.leases()).extracting(Lease::nodeId).containsExactlyInAnyOrder("ct-2", "ct-3");
    assertThat(nodes.entitlements()).extracting(Entitlement::study).containsExactly("covid-ct");
  }

  @Test
  void takesOneOrganisationForNoOther() throws Exception {
    refused(() -> nodes.take(site("hospital-b", "mr-1")), "other-organisation", "hospital-a");
    Lease lease = nodes.take(site("hospital-a", "ct-1"));
    LicenceClient other = servers.client("hospital-b", servers.primaryUri());

    refused(() -> other.release(lease.id()), "not-yours", "ct-1");
    refused(() -> other.revoke(lease.id()), "not-allowed", "--admin");
    refused(() -> other.install(licence()), "not-allowed", "administrators");
  }

  @Test
  void installsNothingForgedOrOver() {
    LicenceClient admin = servers.admin(servers.primaryUri());
    Entitlement more = entitlement("2026-11-02T00:00:00Z", "2099-12-31");

    refused(
        () -> admin.install(LicenceText.sign(more, TestLicences.key("Ed25519").getPrivate())),
        "bad-licence",
        "none of the 1 issuers");
    refused(
        () ->
            admin.install(
                LicenceText.sign(
                    entitlement("2026-11-02T00:00:00Z", "2020-12-31"), ISSUER.getPrivate())),
        "licence-over",
        "2020-12-31");
  }

  @Test
  void goesOnAtTheSecondaryAndComesBack() throws Exception {
    Lease first = nodes.take(site("hospital-a", "ct-1"));
    await("the secondary knows", () -> !leasesOf(servers.secondaryUri()).isEmpty());
    assertThatThrownBy(
            () ->
                servers.client("hospital-a", servers.secondaryUri()).take(site("hospital-a", "x")))
        .isInstanceOf(LicenceUnreachableException.class)
        .hasMessageContaining("secondary");

    primary.close();
    await("the secondary takes over", secondary::isActive);

    assertThat(nodes.renew(first.id()).id()).isEqualTo(first.id());
    Lease second = nodes.take(site("hospital-a", "ct-2"));
    refused(() -> nodes.take(site("hospital-a", "ct-3")), "no-place", "ct-1");

    primary = servers.primary();
    open.add(primary);
    await("the secondary leaves the leases", () -> !secondary.isActive());

    assertThat(nodes.renew(second.id()).id()).isEqualTo(second.id());
    refused(() -> nodes.take(site("hospital-a", "ct-3")), "no-place", "ct-2");
    assertThat(leasesOf(servers.primaryUri())).hasSize(2);
  }

  private List<Lease> leasesOf(java.net.URI server) {
    return servers.admin(server).leases();
  }

  /**
   * As much as docs/licence.md admits, and no more: twice the number, and all are counted after.
   */
  @Test
  void givesEachPlaceAtMostTwiceWhileTheTwoAreSplit() throws Exception {
    await(
        "the secondary knows",
        () -> !servers.admin(servers.secondaryUri()).entitlements().isEmpty());
    primary.close();
    secondary.close();
    primary = servers.apart("primary", true);
    open.add(primary);
    secondary = servers.apart("secondary", false);
    open.add(secondary);
    await("the secondary takes over", secondary::isActive);
    LicenceClient here = servers.client("hospital-b", servers.primaryUri());
    LicenceClient there = servers.client("hospital-b", servers.secondaryUri());

    Lease one = here.take(site("hospital-b", "mr-1"));
    Lease two = there.take(site("hospital-b", "mr-2"));
    refused(() -> here.take(site("hospital-b", "mr-3")), "no-place", "mr-1");
    refused(() -> there.take(site("hospital-b", "mr-3")), "no-place", "mr-2");

    primary.close();
    secondary.close();
    secondary = servers.secondary();
    open.add(secondary);
    primary = servers.primary();
    open.add(primary);
    assertThat(here.renew(one.id()).nodeId()).isEqualTo("mr-1");
    assertThat(here.renew(two.id()).nodeId()).isEqualTo("mr-2");
    here.release(one.id());
    refused(() -> here.take(site("hospital-b", "mr-3")), "no-place", "mr-2");
  }

  @Test
  void remembersItsLeasesAcrossARestart() throws Exception {
    secondary.close();
    Lease lease = nodes.take(site("hospital-a", "ct-1"));
    var revoked = nodes.take(site("hospital-a", "ct-2"));
    var unused = servers.admin(servers.primaryUri()).revoke(revoked.id());
    primary.close();

    primary = servers.primary();
    open.add(primary);

    assertThat(nodes.renew(lease.id()).nodeId()).isEqualTo("ct-1");
    refused(() -> nodes.take(site("hospital-a", "ct-2")), "revoked", "ct-2");
    assertThat(primary.summary()).contains("hospital-a may run 1 network nodes (SN), 2 site nodes");
  }
}
