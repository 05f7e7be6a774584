package io.swarmstream.site.node.http;

import io.swarmstream.site.node.session.MergedRound;
import io.swarmstream.site.node.session.SyncReport;
import io.swarmstream.site.node.session.Waiting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sync as its trainer sees it. */
record SyncView(
    @Doc("waiting or merged.") String state,
    @Doc("The round that the sync was sent to; once merged, the model's.") long round,
    @Doc("When this state began, ISO 8601.") String since,
    @Doc(value = "Seconds until the sync fails.", optional = true) @Nullable Long deadlineInSeconds,
    @Doc(value = "Sites that the round waits for.", optional = true) @Nullable List<String> missing,
    @Doc(
            value = "The same in words, with how many more are needed and how they join.",
            optional = true)
        @Nullable String waitsFor,
    @Doc(value = "Number of contributions that the round has.", optional = true)
        @Nullable Integer contributed,
    @Doc(value = "Number of contributions that the round needs.", optional = true)
        @Nullable Integer minPeers,
    @Doc(value = "Seconds left of the grace period for missing sites.", optional = true)
        @Nullable Long closesInSeconds,
    @Doc(
            value = "Whether the round that the sync was sent to has a contribution of this site.",
            optional = true)
        @Nullable Boolean participated,
    @Doc(value = "Sites whose weights are in the model.", optional = true)
        @Nullable List<String> participants,
    @Doc(value = "Merkle root of the model.", optional = true) @Nullable String modelHash,
    @Doc(value = "Mean of the participants' losses.", optional = true) @Nullable Double meanLoss,
    @Doc(value = "Mini-batches until the next sync.", optional = true)
        @Nullable Integer nextInterval,
    @Doc(value = "Whether this is the final model.", optional = true)
        @Nullable Boolean trainingOver,
    @Doc(value = "Euclidean norm of the model.", optional = true) @Nullable Double norm,
    @Doc(
            value = "Needs action at once: somebody else contributes with this site's key.",
            optional = true)
        @Nullable String warning,
    @Doc(
            value =
                "Says that this site's delta was longer than the round allowed, and was scaled down.",
            optional = true)
        @Nullable String clipped) {

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
        null);
  }

  private static SyncView done(SyncReport.Done done) {
    MergedRound model = done.model();
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
        model.clipped());
  }
}
