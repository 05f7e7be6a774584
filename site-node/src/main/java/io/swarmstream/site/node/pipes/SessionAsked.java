package io.swarmstream.site.node.pipes;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.SessionRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for when it opens a session; HPE's names.
 *
 * @param syncInterval mini-batches between two syncs
 * @param mergeMethod null: as the contract says, from clients that know only one
 */
record SessionAsked(
    int syncInterval,
    int minPeers,
    boolean useAdaptiveSync,
    CheckIn checkinModelOnTrainEnd,
    int nodeWeightage,
    String trainingContract,
    @Nullable String mergeMethod) {

  static SessionAsked parse(byte[] body) throws IOException {
    WireFields fields = WireFields.parse(body);
    String method = fields.text(8).toLowerCase(Locale.ROOT);
    return new SessionAsked(
        fields.whole(1),
        fields.whole(2),
        fields.flag(4),
        checkIn(fields.text(5)),
        fields.whole(6),
        fields.text(7),
        method.isEmpty() ? null : method);
  }

  private static CheckIn checkIn(String name) {
    return CheckIn.ofCode(name.isEmpty() ? CheckIn.SNAPSHOT.code() : name)
        .filter(checkIn -> checkIn != CheckIn.TRAINING)
        .orElseThrow(
            () ->
                ProblemException.badValue(
                    "checkinModelOnTrainEnd", name, "one of [inactive, active, snapshot]"));
  }

  /**
   * The same as a request of our own.
   *
   * @param takeOver whether to close an open session of the same contract
   */
  SessionRequest request(ModelLayout layout, boolean takeOver) {
    return new SessionRequest(
        trainingContract,
        "hpe-client",
        layout,
        nodeWeightage,
        minPeers,
        mergeMethod,
        syncInterval,
        useAdaptiveSync,
        checkinModelOnTrainEnd,
        0,
        takeOver);
  }
}
