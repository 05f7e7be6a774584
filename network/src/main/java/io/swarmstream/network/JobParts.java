package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.PartDetail;
import io.swarmstream.clients.network.PartInfo;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.schemas.avro.RoundNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Jobs, of which a node sees only what they write: a round that should have been closed by now and
 * is not shows that the job does not run.
 */
final class JobParts {
  private static final Duration LATE = Duration.ofSeconds(60);
  private static final Duration RECENT = Duration.ofMinutes(5);

  private final ChainClient chain;
  private final KafkaLink.Books books;

  JobParts(ChainClient chain, KafkaLink.Books books) {
    this.chain = chain;
    this.books = books;
  }

  /** One for each coordinator. */
  List<PartInfo> of(SwarmSnapshot now) {
    Map<String, List<String>> contracts = new TreeMap<>();
    for (String contract : now.sites().keySet()) {
      coordinator(contract)
          .ifPresent(
              account ->
                  contracts.computeIfAbsent(account, none -> new ArrayList<>()).add(contract));
    }
    List<PartInfo> jobs = new ArrayList<>();
    contracts.forEach((account, led) -> jobs.add(of(now.byAccount(account), account, led)));
    return jobs;
  }

  private Optional<String> coordinator(String contract) {
    try {
      return chain.registry().coordinator(contract);
    } catch (ChainException e) {
      return Optional.empty(); // the chain's own part says what is wrong
    }
  }

  private PartInfo of(Optional<Member> member, String account, List<String> contracts) {
    Instant now = Instant.now();
    Optional<Instant> heard =
        contracts.stream()
            .flatMap(contract -> books.open().lastHeard(contract).stream())
            .max(Comparator.naturalOrder());
    Optional<RoundNotice> late =
        contracts.stream()
            .flatMap(contract -> books.open().notice(contract).stream())
            .filter(notice -> isLate(notice, now))
            .findFirst();
    String name = member.map(Member::name).orElse(account);
    String state = "unknown";
    if (late.isPresent()) {
      state = "down";
    } else if (heard.isPresent() && heard.get().isAfter(now.minus(RECENT))) {
      state = "ok";
    }
    return new PartInfo(
        "job:" + name,
        "job",
        "job of " + name,
        member.map(Member::name).orElse(null),
        member.map(Member::organisation).orElse(null),
        state,
        late.map(notice -> Instant.ofEpochMilli(notice.getClosesAtMs()).toString()).orElse(null),
        late.map(JobParts::sentence).orElse(null),
        null,
        null,
        null,
        false,
        heard.map(Instant::toString).orElse(null),
        contracts.stream()
            .map(
                contract ->
                    new PartDetail(
                        "newest round of " + contract,
                        books.rounds().last(contract).map(String::valueOf).orElse("none")))
            .toList());
  }

  private boolean isLate(RoundNotice notice, Instant now) {
    return notice.getClosesAtMs() >= 0
        && Instant.ofEpochMilli(notice.getClosesAtMs()).plus(LATE).isBefore(now)
        && books.rounds().last(notice.getContract()).orElse(-1L) < notice.getRound();
  }

  private static String sentence(RoundNotice notice) {
    return "round "
        + notice.getRound()
        + " of "
        + notice.getContract()
        + " should have been closed at "
        + Instant.ofEpochMilli(notice.getClosesAtMs())
        + " and is not; see whether the job runs in Flink, and restart it";
  }
}
