package io.swarmstream.network.api;

import io.swarmstream.clients.chain.AnchoredRound;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.kafka.log.NoticeText;
import io.swarmstream.clients.network.AnchorInfo;
import io.swarmstream.clients.network.OpenRoundInfo;
import io.swarmstream.clients.network.RejectionInfo;
import io.swarmstream.clients.network.RoundDetail;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.network.history.LoggedDetail;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns rounds into the API's JSON, with what the chain says of them. */
final class RoundViews {
  /** Each is a request to the chain. */
  private static final int ANCHORS_LOOKED_UP = 50;

  private RoundViews() {}

  /** Says of the newest rounds whether they are anchored. */
  static List<RoundInfo> anchored(ChainClient chain, String contract, List<RoundInfo> rounds) {
    List<RoundInfo> anchored = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      RoundInfo round = rounds.get(i);
      anchored.add(
          rounds.size() - i > ANCHORS_LOOKED_UP
              ? round
              : new RoundInfo(
                  round.round(),
                  round.modelHash(),
                  round.recordHash(),
                  isAnchored(chain, contract, round.round(), round.recordHash()),
                  round.participants()));
    }
    return anchored;
  }

  /** Whether the chain holds the hash of a round's record; null when the chain does not answer. */
  static @Nullable Boolean isAnchored(
      ChainClient chain, String contract, long round, String recordHash) {
    try {
      return chain
          .anchors()
          .anchor(contract, round)
          .filter(anchor -> anchor.recordHash().equals(recordHash))
          .isPresent();
    } catch (ChainException e) {
      return null;
    }
  }

  static AnchorInfo of(AnchoredRound found) {
    return new AnchorInfo(
        found.anchor().round(),
        found.anchor().recordHash(),
        found.anchor().modelHash(),
        found.block(),
        found.transaction(),
        found.time().toString());
  }

  static RoundDetail of(LoggedDetail round, ChainClient chain, String contract) {
    return of(round, anchor(chain, contract, round.round()));
  }

  static RoundDetail of(LoggedDetail round, Optional<AnchoredRound> anchor) {
    return new RoundDetail(
        round.round(),
        round.method(),
        round.openedAt().toString(),
        round.closedAt().toString(),
        round.publishedAt().toString(),
        round.closedBy(),
        round.participants(),
        round.leftOut(),
        round.meanLoss(),
        round.meanMetric(),
        round.baseHash(),
        round.modelHash(),
        round.recordHash(),
        round.parameters(),
        round.chunks(),
        round.iterations(),
        round.mergedNorm(),
        round.bytes(),
        anchor.map(RoundViews::of).orElse(null),
        between(round.openedAt(), round.closedAt()),
        between(round.closedAt(), round.publishedAt()),
        // Blocks tell whole seconds.
        anchor
            .map(found -> Duration.between(round.publishedAt(), found.time()).toMillis())
            .map(millis -> Math.max(0, millis))
            .orElse(null));
  }

  private static Optional<AnchoredRound> anchor(ChainClient chain, String contract, long round) {
    try {
      return chain.anchors().find(contract, round);
    } catch (ChainException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Long between(Instant from, Instant to) {
    long millis = Duration.between(from, to).toMillis();
    return millis < 0 ? null : millis;
  }

  static OpenRoundInfo open(@Nullable RoundNotice notice) {
    if (notice == null) {
      return new OpenRoundInfo(null, null, null, List.of(), null, List.of(), null, null, null);
    }
    return new OpenRoundInfo(
        notice.getRound(),
        notice.getContributed(),
        notice.getMinPeers(),
        notice.getMissing(),
        notice.getMissingCount(),
        notice.getAbsent(),
        notice.getClosesAtMs() < 0 ? null : Instant.ofEpochMilli(notice.getClosesAtMs()).toString(),
        NoticeText.inWords(notice),
        Instant.ofEpochMilli(notice.getAtMs()).toString());
  }

  static RejectionInfo of(Rejection rejection, SwarmSnapshot swarm) {
    String account = rejection.getSite();
    return new RejectionInfo(
        swarm.sites().getOrDefault(rejection.getContract(), List.of()).stream()
            .filter(site -> site.address().equals(account))
            .map(site -> site.name())
            .findFirst()
            .orElse(null),
        account.isEmpty() ? null : account,
        rejection.getRound() < 0 ? null : rejection.getRound(),
        rejection.getChunkIndex() < 0 ? null : rejection.getChunkIndex(),
        rejection.getReason(),
        rejection.getField().isEmpty() ? null : rejection.getField(),
        rejection.getMessage(),
        Instant.ofEpochMilli(rejection.getAtMs()).toString());
  }
}
