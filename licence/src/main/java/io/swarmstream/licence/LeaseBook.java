package io.swarmstream.licence;

import io.swarmstream.web.ApiProblem;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who has which place. Never gives more than the licences say, counting the leases it knows. */
final class LeaseBook {
  /** A lease ends that long after its last renewal. */
  static final Duration LIFE = Duration.ofMinutes(5);

  /** How often nodes renew. */
  static final Duration RENEWAL = Duration.ofMinutes(3);

  private static final int MAX_NAME = 128;

  private final Clock clock;
  private final Licences licences;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Lease> leases = new LinkedHashMap<>();
  private final Map<String, Revocation> revocations = new LinkedHashMap<>();

  LeaseBook(Clock clock, Collection<PublicKey> issuers) {
    this.clock = clock;
    this.licences = new Licences(issuers);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  synchronized Entitlement install(String licence) {
    return licences.install(licence, now());
  }

  synchronized List<Entitlement> entitlements() {
    return licences.entitlements();
  }

  /** Leases that are not over, the oldest first. */
  synchronized List<Lease> leases() {
    leases.values().removeIf(lease -> lease.isOver(now()));
    return leases.values().stream()
        .sorted(Comparator.comparing(Lease::since).thenComparing(Lease::id))
        .toList();
  }

  synchronized List<Revocation> revocations() {
    return List.copyOf(revocations.values());
  }

  /**
   * Gives a node a place; if it has one, the same.
   *
   * @throws ApiProblem when all places are taken, saying by whom
   */
  synchronized Lease take(LeaseRequest request, String keyHash) {
    LicenceFeature feature = checked(request);
    for (Revocation revocation : revocations.values()) {
      if (revocation.feature().equals(request.feature())
          && revocation.organisation().equals(request.organisation())
          && revocation.nodeId().equals(request.nodeId())) {
        throw ApiProblem.of(
            403,
            "revoked",
            request.nodeId() + " was revoked at " + revocation.at() + "; ask who runs the server");
      }
    }
    int places = licences.places(feature, request.organisation(), now());
    List<Lease> held =
        leases().stream()
            .filter(lease -> lease.feature().equals(request.feature()))
            .filter(lease -> lease.organisation().equals(request.organisation()))
            .toList();
    Optional<Lease> own =
        held.stream().filter(lease -> lease.nodeId().equals(request.nodeId())).findFirst();
    if (own.isPresent()) {
      return renew(own.get().id(), keyHash);
    }
    if (held.size() >= places) {
      throw noPlace(request, places, held);
    }
    byte[] id = new byte[16];
    random.nextBytes(id);
    Lease lease =
        new Lease(
            HexFormat.of().formatHex(id),
            request.feature(),
            request.organisation(),
            request.nodeId(),
            keyHash,
            now().toString(),
            now().plus(LIFE).toString());
    leases.put(lease.id(), lease);
    return lease;
  }

  private static ApiProblem noPlace(LeaseRequest request, int places, List<Lease> held) {
    return ApiProblem.of(
        409,
        "no-place",
        request.organisation()
            + " may run "
            + places
            + " "
            + request.feature()
            + " nodes, and these do: "
            + held.stream()
                .map(lease -> lease.nodeId() + " (since " + lease.since() + ")")
                .collect(Collectors.joining(", "))
            + "; stop one, or wait until its lease ends");
  }

  /**
   * Prolongs a lease.
   *
   * @throws ApiProblem when it is over, another key's, or what it was given for is over
   */
  synchronized Lease renew(String id, String keyHash) {
    Lease lease = own(id, keyHash);
    var unused = licences.places(LicenceFeature.of(lease.feature()), lease.organisation(), now());
    Lease renewed = lease.until(now().plus(LIFE));
    leases.put(id, renewed);
    return renewed;
  }

  synchronized void release(String id, String keyHash) {
    leases.remove(own(id, keyHash).id());
  }

  private Lease own(String id, String keyHash) {
    Lease lease = known(id);
    if (!lease.keyHash().equals(keyHash)) {
      throw ApiProblem.of(
          403,
          "not-yours",
          lease.nodeId()
              + " of "
              + lease.organisation()
              + " has its lease under another key; give each node an id of its own, or wait until "
              + lease.expires()
              + " if its key was replaced");
    }
    return lease;
  }

  private Lease known(String id) {
    return leases().stream()
        .filter(lease -> lease.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                ApiProblem.of(
                    404, "unknown-lease", "there is no lease " + id + ", or it is over; take one"));
  }

  /** Ends a lease; its node gets no other one until it is readmitted. */
  synchronized Revocation revoke(String id) {
    Lease lease = known(id);
    Revocation revocation =
        new Revocation(id, lease.feature(), lease.organisation(), lease.nodeId(), now().toString());
    revocations.put(id, revocation);
    leases.remove(id);
    return revocation;
  }

  synchronized void readmit(String id) {
    if (revocations.remove(id) == null) {
      throw ApiProblem.of(404, "unknown-revocation", "no node was revoked with the lease " + id);
    }
  }

  synchronized LicenceState state() {
    return new LicenceState(now().toString(), licences.texts(), leases(), revocations());
  }

  /**
   * Begins with what a server has remembered. Whoever had a lease when it was written keeps it long
   * enough to renew it: while the server was away, nobody could.
   */
  synchronized void restore(LicenceState state) {
    Instant written = Instant.parse(state.written());
    Instant end = now().plus(LIFE);
    licences.merge(state.licences());
    for (Lease lease : state.leases()) {
      if (!lease.isOver(written)) {
        leases.put(lease.id(), lease.isOver(end) ? lease.until(end) : lease);
      }
    }
    state.revocations().forEach(revocation -> revocations.put(revocation.id(), revocation));
  }

  /** Takes over a partner's state in place of the own one. */
  synchronized void replace(LicenceState state) {
    leases.clear();
    revocations.clear();
    merge(state);
  }

  /**
   * Adds what a partner knows. Of two leases of one node the later one stays. There may then be
   * more leases than places: nobody loses one, and nobody gets one until there are fewer.
   */
  synchronized void merge(LicenceState state) {
    licences.merge(state.licences());
    state.revocations().forEach(revocation -> revocations.put(revocation.id(), revocation));
    List<Lease> all = new ArrayList<>(leases.values());
    all.addAll(state.leases());
    all.sort(Comparator.comparing(Lease::expiresAt).reversed());
    leases.clear();
    for (Lease lease : all) {
      boolean isRevoked =
          revocations.values().stream()
              .anyMatch(gone -> lease.isOf(gone.feature(), gone.organisation(), gone.nodeId()));
      boolean isThere =
          leases.values().stream()
              .anyMatch(other -> other.isOf(lease.feature(), lease.organisation(), lease.nodeId()));
      if (!isRevoked && !isThere) {
        leases.put(lease.id(), lease);
      }
    }
  }

  private static LicenceFeature checked(LeaseRequest request) {
    check("organisation", request.organisation());
    check("nodeId", request.nodeId());
    try {
      return LicenceFeature.of(String.valueOf(request.feature()));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("feature", String.valueOf(e.getMessage())).because(e);
    }
  }

  @SuppressWarnings("ConstantValue") // JSON may leave it out
  private static void check(String field, String value) {
    if (value == null || value.isBlank() || value.length() > MAX_NAME) {
      throw ApiProblem.badValue(
          field, field + " is " + value + "; it has to be 1 to " + MAX_NAME + " characters");
    }
  }
}
