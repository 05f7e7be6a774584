package io.swarmstream.network.api;

import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.clients.network.SitePerformance;
import io.swarmstream.clients.network.SiteRemark;
import io.swarmstream.clients.network.SiteStanding;
import io.swarmstream.clients.network.SitesPage;
import io.swarmstream.clients.network.SitesPage.Laggard;
import io.swarmstream.network.history.RoundHistory.Merged;
import io.swarmstream.network.history.RoundHistory.Standing;
import io.swarmstream.network.history.RoundTotals;
import io.swarmstream.network.members.SwarmSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the sites of a training do: those that are enrolled, and those that were merged before. */
final class SiteStandings {
  /** Orders of the list, by what the query calls them; sites without the value come last. */
  static final Map<String, Comparator<SiteStanding>> ORDERS =
      Map.of(
          "name", Comparator.comparing(SiteStanding::site),
          "loss", order(SiteStanding::loss, Comparator.<Double>naturalOrder()),
          "metric", order(SiteStanding::metric, Comparator.<Double>reverseOrder()),
          // Who was left out once is not waited for, and so not left out, until it is in time
          // again.
          "slowest",
              Comparator.comparingLong(SiteStanding::rounds)
                  .thenComparing(SiteStanding::leftOut, Comparator.reverseOrder())
                  .thenComparing(order(SiteStanding::behindMs, Comparator.reverseOrder())),
          "odd", Comparator.comparing(site -> site.remark() == null));

  private static final Standing NOTHING = new Standing(Optional.empty(), 0, 0, null);

  private static final double NOTABLE_MS = 500;

  /** Of the time from round to round. */
  private static final double NOTABLE_PART = 0.2;

  private final ConsoleParts node;

  SiteStandings(ConsoleParts node) {
    this.node = node;
  }

  private interface Value {
    @Nullable Double of(SiteStanding site);
  }

  private static Comparator<SiteStanding> order(Value value, Comparator<Double> order) {
    return Comparator.comparing(value::of, Comparator.nullsLast(order));
  }

  SitesPage page(String contract, Comparator<SiteStanding> order, int offset, int limit) {
    RoundTotals totals = node.reading().rounds().totals(contract);
    List<SiteStanding> all = all(contract, totals);
    all.sort(order.thenComparing(SiteStanding::site));
    return new SitesPage(
        contract,
        all.size(),
        (int) all.stream().filter(site -> site.remark() != null).count(),
        laggard(all, totals).orElse(null),
        offset,
        List.copyOf(
            all.subList(Math.min(offset, all.size()), Math.min(all.size(), offset + limit))));
  }

  /** The site that the others wait for the longest, if it costs them a notable part of a round. */
  static Optional<Laggard> laggard(List<SiteStanding> sites, RoundTotals rounds) {
    if (rounds.rounds() < 2) {
      return Optional.empty();
    }
    double roundMs =
        (double)
                Duration.between(rounds.firstAt().orElseThrow(), rounds.lastAt().orElseThrow())
                    .toMillis()
            / (rounds.rounds() - 1);
    Optional<Laggard> latest = Optional.empty();
    for (SiteStanding site : sites) {
      @Nullable Double behindMs = site.behindMs();
      if (behindMs != null
          && behindMs >= NOTABLE_MS
          && behindMs >= NOTABLE_PART * roundMs
          && behindMs > latest.map(Laggard::behindMs).orElse(0.0)) {
        latest = Optional.of(new Laggard(site.site(), behindMs, roundMs));
      }
    }
    return latest;
  }

  /**
   * All of them in no order.
   *
   * @param totals of the contract, which take reading all of its rounds
   */
  List<SiteStanding> all(String contract, RoundTotals totals) {
    SwarmSnapshot swarm = node.swarm().newest();
    Map<String, Standing> standings = node.reading().rounds().standings(contract);
    long rounds = totals.rounds();
    Map<String, SiteRemark> remarks = node.reading().rounds().remarks(contract);
    Map<String, String> heard = heard();
    Map<String, String> members = new HashMap<>();
    for (Enrolment site : swarm.sites().getOrDefault(contract, List.of())) {
      swarm.byAccount(site.address()).map(Member::name).ifPresent(m -> members.put(site.name(), m));
    }
    List<SiteStanding> all = new ArrayList<>();
    Map<String, Standing> gone = new HashMap<>(standings);
    for (SitePerformance site : new Performance(node).of(contract, standings)) {
      gone.remove(site.site());
      all.add(
          of(
              site,
              standings.getOrDefault(site.site(), NOTHING),
              rounds,
              remarks.get(site.site()),
              site.account(),
              heard.get(members.getOrDefault(site.site(), ""))));
    }
    gone.forEach(
        (name, standing) ->
            all.add(of(Performance.of(name, standing), standing, rounds, null, null, null)));
    return all;
  }

  private static SiteStanding of(
      SitePerformance site,
      Standing standing,
      long rounds,
      @Nullable SiteRemark remark,
      @Nullable String account,
      @Nullable String lastHeard) {
    Optional<ParticipantInfo> newest = standing.last().map(Merged::participant);
    return new SiteStanding(
        site.site(),
        account,
        site.training(),
        site.round(),
        site.weight(),
        site.loss(),
        site.metric(),
        newest.map(ParticipantInfo::norm).orElse(null),
        newest.map(ParticipantInfo::cosine).orElse(null),
        newest.map(ParticipantInfo::bytes).orElse(null),
        remark,
        site.epochs(),
        site.totalEpochs(),
        standing.rounds(),
        rounds == 0 ? null : (double) standing.rounds() / rounds,
        standing.leftOut(),
        standing.behindMs(),
        lastHeard);
  }

  private Map<String, String> heard() {
    return node.nodes().all().stream()
        .filter(program -> program.type().equals("SL") && program.lastHeard() != null)
        .collect(
            Collectors.toMap(
                NodeInfo::member,
                program -> String.valueOf(program.lastHeard()),
                (one, other) -> Instant.parse(one).isAfter(Instant.parse(other)) ? one : other));
  }
}
