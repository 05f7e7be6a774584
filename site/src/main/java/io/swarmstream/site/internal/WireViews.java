package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.rounds.ClippedDelta;
import io.swarmstream.site.RejectedException;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingReport;
import java.time.Instant;
import java.util.Optional;

/** Translates between the records on the wire and the types of the API. */
final class WireViews {
  private WireViews() {}

  static ContributionHeader header(TrainingReport report) {
    CheckIn checkIn =
        report
            .checkIn()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the report does not say why the site contributes; call withCheckIn"));
    return new ContributionHeader(
        report.weight(),
        report.samples(),
        report.loss(),
        report.metric(),
        report.epochsDone(),
        report.epochsTotal(),
        checkIn.code());
  }

  static TrainingReport report(ContributionHeader header) {
    return new TrainingReport(
        header.getWeight(),
        header.getSamples(),
        header.getLoss(),
        header.getMetric(),
        header.getEpochsDone(),
        header.getEpochsTotal(),
        CheckIn.ofCode(header.getCheckIn()));
  }

  /**
   * What a record says.
   *
   * @param trained how many of the model's values sites train
   */
  static RoundSummary summary(PublishedRound sealed, long trained) {
    RoundRecord record = sealed.record();
    return new RoundSummary(
        record.getContract(),
        record.getRound(),
        record.getMethod(),
        record.getParticipants().stream().map(WireViews::participant).toList(),
        record.getLeftOut(),
        record.getClosedBy(),
        Instant.ofEpochMilli(record.getOpenedAtMs()),
        Instant.ofEpochMilli(record.getClosedAtMs()),
        Hash.of(record.getBaseHash()),
        Hash.of(record.getModelHash()),
        trained,
        record.getMeanLoss(),
        record.getDrift(),
        record.getAllowedDrift(),
        record.getNextInterval(),
        ClippedDelta.in(record),
        sealed.hash());
  }

  private static RoundParticipant participant(Participant in) {
    return new RoundParticipant(
        in.getSite(), in.getName(), Hash.of(in.getContribution()), report(in.getHeader()));
  }

  static RoundProgress progress(RoundNotice notice) {
    return new RoundProgress(
        notice.getRound(),
        notice.getContributed(),
        notice.getMinPeers(),
        notice.getMissing(),
        notice.getMissingCount(),
        notice.getAbsent(),
        notice.getClosesAtMs() < 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(notice.getClosesAtMs())),
        Instant.ofEpochMilli(notice.getAtMs()));
  }

  static RejectedException rejected(Rejection rejection) {
    String field = rejection.getField();
    return new RejectedException(
        "contribution to round "
            + rejection.getRound()
            + " of contract "
            + rejection.getContract()
            + " was refused ("
            + rejection.getReason()
            + (field.isEmpty() ? "" : ", field " + field)
            + "): "
            + rejection.getMessage(),
        rejection.getReason(),
        field);
  }
}
