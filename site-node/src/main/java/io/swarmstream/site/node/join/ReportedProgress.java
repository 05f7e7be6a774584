package io.swarmstream.site.node.join;

import io.swarmstream.clients.network.TrainingProgress;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.session.Reported;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SessionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node's trainers have reported, for its heartbeats. */
public final class ReportedProgress {
  private ReportedProgress() {}

  /** One entry for each open session. */
  public static List<TrainingProgress> of(SiteNode node) {
    return node.sessions().stream().map(Session::status).map(ReportedProgress::of).toList();
  }

  static TrainingProgress of(SessionStatus session) {
    Reported reported = session.reported();
    return new TrainingProgress(
        session.terms().contract(),
        reported.epochsDone(),
        reported.epochsTotal(),
        known(reported.loss()),
        known(reported.metric()));
  }

  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
