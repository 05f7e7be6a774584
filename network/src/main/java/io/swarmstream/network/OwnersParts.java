package io.swarmstream.network;

import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.network.PartDetail;
import io.swarmstream.clients.network.PartInfo;
import io.swarmstream.clients.network.PartLink;
import io.swarmstream.clients.network.TopologyInfo;
import io.swarmstream.network.history.LoggedDetail;
import io.swarmstream.network.history.RoundHistory.Merged;
import io.swarmstream.network.history.RoundHistory.Standing;
import io.swarmstream.network.members.SwarmSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a swarm without members, which are all on this machine. */
final class OwnersParts {
  private static final String JOB = "job";

  private final Supplier<List<PartInfo>> machine;
  private final JobParts jobs;
  private final KafkaLink.Books books;

  /**
   * Those of a swarm.
   *
   * @param machine what is known of Kafka, chain and job without reading them
   */
  OwnersParts(Supplier<List<PartInfo>> machine, JobParts jobs, KafkaLink.Books books) {
    this.machine = machine;
    this.jobs = jobs;
    this.books = books;
  }

  TopologyInfo info(SwarmSnapshot now) {
    List<PartInfo> read = jobs.of(now);
    List<PartInfo> parts = new ArrayList<>();
    for (PartInfo part : machine.get()) {
      parts.add(
          part.kind().equals(JOB)
              ? read.stream().findFirst().map(said -> both(part, said)).orElse(part)
              : part);
    }
    parts.addAll(sites(now));
    parts.sort(
        Comparator.comparingInt((PartInfo part) -> SwarmParts.STATES.indexOf(part.state()))
            .thenComparing(PartInfo::id));
    return new TopologyInfo(parts, links(parts));
  }

  /** The job by what Flink says of it, and by what it has written. */
  private static PartInfo both(PartInfo flink, PartInfo said) {
    boolean isLate = flink.state().equals("ok") && said.state().equals("down");
    return new PartInfo(
        flink.id(),
        flink.kind(),
        flink.name(),
        flink.member(),
        flink.organisation(),
        isLate ? "warn" : flink.state(),
        isLate ? said.since() : flink.since(),
        isLate ? said.sentence() : flink.sentence(),
        flink.version(),
        flink.address(),
        null,
        false,
        said.lastHeard(),
        Stream.concat(flink.details().stream(), said.details().stream()).toList());
  }

  private List<PartInfo> sites(SwarmSnapshot now) {
    Map<String, List<Place>> places = new TreeMap<>();
    now.sites()
        .forEach(
            (contract, enrolled) ->
                enrolled.forEach(
                    site ->
                        places
                            .computeIfAbsent(site.address(), none -> new ArrayList<>())
                            .add(new Place(contract, site))));
    return places.values().stream().map(this::site).toList();
  }

  /** A site in a contract. */
  private record Place(String contract, Enrolment site) {}

  private PartInfo site(List<Place> places) {
    String name = places.get(0).site().name();
    boolean isIn = places.stream().anyMatch(this::isIn);
    @Nullable String heard =
        places.stream()
            .flatMap(place -> lastClosed(place).stream())
            .max(Comparator.naturalOrder())
            .map(Instant::toString)
            .orElse(null);
    return new PartInfo(
        "site:" + places.get(0).site().address(),
        "site",
        name,
        name,
        OwnersSwarm.ORGANISATION,
        isIn ? "ok" : "unknown",
        null,
        isIn ? null : "no round waits for " + name + "; start its trainer when it is to train",
        null,
        null,
        null,
        false,
        heard,
        places.stream().map(this::detail).toList());
  }

  /** Whether the open round counts on the site: it has neither left, nor missed a round. */
  private boolean isIn(Place place) {
    return books
        .open()
        .notice(place.contract())
        .filter(notice -> !notice.getAbsent().contains(place.site().name()))
        .isPresent();
  }

  private Optional<Long> lastRound(Place place) {
    return Optional.ofNullable(books.rounds().standings(place.contract()).get(place.site().name()))
        .flatMap(Standing::last)
        .map(Merged::round);
  }

  private Optional<Instant> lastClosed(Place place) {
    return lastRound(place)
        .flatMap(round -> books.rounds().detail(place.contract(), round))
        .map(LoggedDetail::closedAt);
  }

  private PartDetail detail(Place place) {
    return new PartDetail(
        "newest round of " + place.contract(),
        lastRound(place).map(String::valueOf).orElse("none"));
  }

  private static List<PartLink> links(List<PartInfo> parts) {
    List<PartLink> links = new ArrayList<>();
    for (PartInfo part : parts) {
      if (part.kind().equals(JOB) || part.kind().equals("site")) {
        links.add(new PartLink(part.id(), SwarmParts.KAFKA));
        links.add(new PartLink(part.id(), SwarmParts.CHAIN));
      }
    }
    return links;
  }
}
