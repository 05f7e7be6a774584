package io.swarmstream.licence;

import static io.swarmstream.licence.TestLicences.ISSUER;
import static io.swarmstream.licence.TestLicences.entitlement;
import static io.swarmstream.licence.TestLicences.licence;
import static io.swarmstream.licence.TestLicences.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.web.ApiProblem;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseBookTest {
  private static final String KEY = "aa".repeat(32);
  private static final String OTHER_KEY = "bb".repeat(32);

  private final TestClock clock = new TestClock();
  private final LeaseBook book = book();

  private LeaseBook book() {
    return new LeaseBook(clock, List.of(ISSUER.getPublic()));
  }

  @BeforeEach
  void install() {
    var unused = book.install(licence());
  }

  private static void refused(ThrowingCallable call, String code, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiProblem.class, problem -> assertThat(problem.code()).isEqualTo(code))
        .satisfies(
            e -> assertThat(parts).allSatisfy(part -> assertThat(e).hasMessageContaining(part)));
  }

  @Test
  void saysWhoHoldsThePlacesWhenThereAreNoMore() {
    var first = book.take(site("hospital-a", "ct-1"), KEY);
    clock.goOn(Duration.ofMinutes(1));
    var second = book.take(site("hospital-a", "ct-2"), KEY);

    refused(
        () -> book.take(site("hospital-a", "ct-3"), KEY),
        "no-place",
        "hospital-a may run 2 SL nodes",
        "ct-1 (since " + first.since() + ")",
        "ct-2 (since " + second.since() + ")");
    assertThat(book.take(site("hospital-b", "mr-1"), KEY).nodeId()).isEqualTo("mr-1");
  }

  @Test
  void givesANodeItsOwnPlaceAgain() {
    var first = book.take(site("hospital-b", "mr-1"), KEY);
    clock.goOn(Duration.ofSeconds(200));

    var again = book.take(site("hospital-b", "mr-1"), KEY);

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.expiresAt()).isEqualTo(first.expiresAt().plusSeconds(200));
    refused(() -> book.take(site("hospital-b", "mr-1"), OTHER_KEY), "not-yours", "mr-1");
  }

  @Test
  void endsALeaseThatIsNotRenewedAfter300Seconds() {
    var lease = book.take(site("hospital-b", "mr-1"), KEY);
    clock.goOn(Duration.ofSeconds(299));
    assertThat(book.leases()).hasSize(1);
    var renewed = book.renew(lease.id(), KEY);
    clock.goOn(Duration.ofSeconds(299));
    assertThat(book.leases()).containsExactly(renewed);

    clock.goOn(Duration.ofSeconds(1));

    assertThat(book.leases()).isEmpty();
    refused(() -> book.renew(lease.id(), KEY), "unknown-lease", lease.id());
    assertThat(book.take(site("hospital-b", "mr-2"), KEY).nodeId()).isEqualTo("mr-2");
  }

  @Test
  void takesAPlaceBackFromItsHolderOnly() {
    var lease = book.take(site("hospital-b", "mr-1"), KEY);

    refused(() -> book.release(lease.id(), OTHER_KEY), "not-yours");
    refused(() -> book.renew(lease.id(), OTHER_KEY), "not-yours");
    book.release(lease.id(), KEY);

    assertThat(book.leases()).isEmpty();
  }

  @Test
  void givesNothingThatNobodyIsEntitledTo() {
    refused(() -> book.take(site("hospital-c", "x"), KEY), "not-entitled", "hospital-c", "SL");
    refused(
        () -> book.take(new LeaseRequest("SWOP", "hospital-a", "x"), KEY), "not-entitled", "SWOP");
    refused(() -> book.take(new LeaseRequest("XX", "hospital-a", "x"), KEY), "bad-value", "SWOP");
    refused(() -> book.take(site("hospital-a", " "), KEY), "bad-value", "nodeId");
  }

  @Test
  void neitherGivesNorRenewsWhenTheLicenceIsOver() {
    LeaseBook ending = book();
    var unused =
        ending.install(
            LicenceText.sign(
                entitlement("2026-11-01T00:00:00Z", "2026-11-28"), ISSUER.getPrivate()));
    clock.goOn(Duration.ofHours(12).minusMinutes(2));
    String id = ending.take(site("hospital-b", "mr-1"), KEY).id();
    clock.goOn(Duration.ofMinutes(2));

    refused(() -> ending.renew(id, KEY), "licence-over", "2026-11-28", "covid-ct");
    refused(() -> ending.take(site("hospital-b", "mr-2"), KEY), "licence-over");
  }

  @Test
  void keepsARevokedNodeOutUntilItIsReadmitted() {
    var lease = book.take(site("hospital-b", "mr-1"), KEY);

    var unused = book.revoke(lease.id());
    refused(() -> book.renew(lease.id(), KEY), "unknown-lease");
    refused(() -> book.take(site("hospital-b", "mr-1"), KEY), "revoked", "mr-1");
    book.readmit(lease.id());

    assertThat(book.take(site("hospital-b", "mr-1"), KEY).id()).isNotEqualTo(lease.id());
  }

  @Test
  void installsNoLicenceThatIsForgedOrOverOrOlder() {
    Entitlement more = entitlement("2026-11-02T00:00:00Z", "2099-12-31");
    refused(
        () -> book.install(LicenceText.sign(more, TestLicences.key("Ed25519").getPrivate())),
        "bad-licence",
        "signed by none");
    refused(
        () ->
            book.install(
                LicenceText.sign(
                    entitlement("2026-11-02T00:00:00Z", "2026-11-27"), ISSUER.getPrivate())),
        "licence-over",
        "2026-11-27");
    refused(
        () ->
            book.install(
                LicenceText.sign(
                    entitlement("2026-10-01T00:00:00Z", "2099-12-31"), ISSUER.getPrivate())),
        "older-licence",
        "the newest counts");
    var unused = book.install(LicenceText.sign(more, ISSUER.getPrivate()));
    assertThat(book.entitlements()).containsExactly(more);
  }

  @Test
  void letsLeasesOutliveARestartDuringWhichNobodyCouldRenew() {
    var lease = book.take(site("hospital-b", "mr-1"), KEY);
    LicenceState remembered = book.state();
    clock.goOn(Duration.ofHours(2));
    LeaseBook restarted = book();

    restarted.restore(remembered);

    assertThat(restarted.renew(lease.id(), KEY).nodeId()).isEqualTo("mr-1");
    refused(() -> restarted.take(site("hospital-b", "mr-2"), KEY), "no-place", "mr-1");
  }

  /** Split servers may both give all places; then nobody loses one, and nobody gets one. */
  @Test
  void countsTheLeasesOfBothServersAfterASplit() {
    LeaseBook other = book();
    other.replace(book.state());
    var here = book.take(site("hospital-b", "mr-1"), KEY);
    var there = other.take(site("hospital-b", "mr-2"), OTHER_KEY);

    book.merge(other.state());

    assertThat(book.leases()).containsExactlyInAnyOrder(here, there);
    assertThat(book.renew(there.id(), OTHER_KEY).nodeId()).isEqualTo("mr-2");
    book.release(here.id(), KEY);
    refused(() -> book.take(site("hospital-b", "mr-3"), KEY), "no-place", "mr-2");
  }

  @Test
  void countsANodeThatTookLeasesOfBothServersOnce() {
    LeaseBook other = book();
    other.replace(book.state());
    var unused = book.take(site("hospital-a", "ct-1"), KEY);
    clock.goOn(Duration.ofSeconds(100));
    var newer = other.take(site("hospital-a", "ct-1"), KEY);

    book.merge(other.state());

    assertThat(book.leases()).containsExactly(newer);
  }
}
