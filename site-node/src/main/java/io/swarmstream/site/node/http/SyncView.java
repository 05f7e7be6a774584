package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.schemas.PrivacyLoss;
import io.swarmstream.site.node.session.MergedRound;
import io.swarmstream.site.node.session.SyncReport;
import io.swarmstream.site.node.session.Waiting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sync as its trainer sees it. */
record SyncView(
    @JsonPropertyDescription("waiting or merged.") String state,
    @JsonPropertyDescription("The round that the sync was sent to; once merged, the model's.")
        long round,
    @JsonPropertyDescription("When this state began, ISO 8601.") String since,
    @JsonPropertyDescription("Seconds until the sync fails.") @Nullable Long deadlineInSeconds,
    @JsonPropertyDescription("Sites that the round waits for.") @Nullable List<String> missing,
    @JsonPropertyDescription("The same in words, with how many more are needed and how they join.")
        @Nullable String waitsFor,
    @JsonPropertyDescription("Number of contributions that the round has.")
        @Nullable Integer contributed,
    @JsonPropertyDescription("Number of contributions that the round needs.")
        @Nullable Integer minPeers,
    @JsonPropertyDescription("Seconds left of the grace period for missing sites.")
        @Nullable Long closesInSeconds,
    @JsonPropertyDescription(
            "Whether the round that the sync was sent to has a contribution of this site.")
        @Nullable Boolean participated,
    @JsonPropertyDescription("Sites whose weights are in the model.")
        @Nullable List<String> participants,
    @JsonPropertyDescription("Merkle root of the model.") @Nullable String modelHash,
    @JsonPropertyDescription("Mean of the participants' losses.") @Nullable Double meanLoss,
    @JsonPropertyDescription("Mini-batches until the next sync.") @Nullable Integer nextInterval,
    @JsonPropertyDescription("Whether this is the final model.") @Nullable Boolean trainingOver,
    @JsonPropertyDescription("Euclidean norm of the model.") @Nullable Double norm,
    @JsonPropertyDescription(
            "Needs action at once: somebody else contributes with this site's key.")
        @Nullable String warning,
    @JsonPropertyDescription(
            "Says that this site's delta was longer than the round allowed, and was scaled down.")
        @Nullable String clipped,
    @JsonPropertyDescription(
            "Epsilon of each site up to this round, of a contract that adds noise; its delta is in the terms.")
        @Nullable Double epsilon,
    @JsonPropertyDescription(
            "Euclidean length to which the next deltas are clipped, of a contract whose clip follows them.")
        @Nullable Double clip) {

  static SyncView of(SyncReport report) {
    if (report instanceof SyncReport.Done done) {
      return done(done);
    }
    return pending((SyncReport.Pending) report);
  }

  private static SyncView pending(SyncReport.Pending pending) {
    Waiting waiting = pending.waiting();
    return new SyncView(
        "waiting",
        pending.round(),
        Times.iso(pending.since()),
        pending.deadlineInSeconds(),
        waiting.missing(),
        waiting.forWhom(),
        waiting.contributed(),
        waiting.minPeers(),
        waiting.closesInSeconds(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static SyncView done(SyncReport.Done done) {
    MergedRound model = done.model();
    PrivacyLoss loss = done.privacyLoss();
    return new SyncView(
        "merged",
        done.round(),
        Times.iso(done.since()),
        null,
        null,
        null,
        null,
        null,
        null,
        model.participated(),
        model.participants(),
        model.modelHash(),
        done.meanLoss(),
        done.nextInterval(),
        model.trainingOver(),
        model.norm(),
        model.warning(),
        model.clipped(),
        loss == null ? null : loss.epsilon(),
        model.clip());
  }
}
