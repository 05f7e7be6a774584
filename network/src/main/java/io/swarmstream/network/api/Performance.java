package io.swarmstream.network.api;

import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.clients.network.SitePerformance;
import io.swarmstream.clients.network.TrainingProgress;
import io.swarmstream.network.history.RoundHistory.Merged;
import io.swarmstream.network.history.RoundHistory.Standing;
import io.swarmstream.network.log.HeardNodes.Said;
import io.swarmstream.network.members.SwarmSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What sites have last reported of a training. Heartbeats tell it between rounds; a round that this
 * node has read after a heartbeat is newer, and is what remains when a site has gone.
 */
final class Performance {
  private static final TrainingProgress NOTHING = new TrainingProgress("", 0, 0, null, null);

  private final ConsoleParts node;

  Performance(ConsoleParts node) {
    this.node = node;
  }

  PerformanceInfo of(String contract) {
    SwarmSnapshot swarm = node.swarm().newest();
    @Nullable String leader = node.chain().registry().coordinator(contract).orElse(null);
    return new PerformanceInfo(
        contract,
        leader == null ? null : swarm.byAccount(leader).map(Member::name).orElse(null),
        leader,
        node.reading().rounds().last(contract).orElse(null),
        of(contract, node.reading().rounds().standings(contract)));
  }

  /** The enrolled sites. */
  List<SitePerformance> of(String contract, Map<String, Standing> standings) {
    SwarmSnapshot swarm = node.swarm().newest();
    Map<String, Said> said = node.nodes().progress(contract);
    return swarm.sites().getOrDefault(contract, List.of()).stream()
        .map(
            site ->
                of(
                    site,
                    swarm.byAccount(site.address()).map(Member::name).map(said::get),
                    Optional.ofNullable(standings.get(site.name())).flatMap(Standing::last)))
        .toList();
  }

  /** A site that is not enrolled any more. */
  static SitePerformance of(String site, Standing standing) {
    return of(new Enrolment("", site, 0), Optional.empty(), standing.last());
  }

  private static SitePerformance of(Enrolment site, Optional<Said> said, Optional<Merged> merged) {
    boolean isNewer =
        said.isPresent()
            && merged.filter(round -> round.readAt().isAfter(said.get().at())).isEmpty();
    TrainingProgress newest =
        isNewer
            ? said.get().progress()
            : merged.map(round -> progress(round.participant())).orElse(NOTHING);
    return new SitePerformance(
        site.name(),
        site.address(),
        said.isPresent(),
        merged.map(Merged::round).orElse(null),
        merged.map(round -> round.participant().weight()).orElse(null),
        newest.loss(),
        newest.metric(),
        newest.epochs(),
        newest.totalEpochs(),
        isNewer ? said.get().at().toString() : null);
  }

  private static TrainingProgress progress(ParticipantInfo participant) {
    return new TrainingProgress(
        "",
        participant.epochs(),
        participant.totalEpochs(),
        participant.loss(),
        participant.metric());
  }
}
