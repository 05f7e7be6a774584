package io.swarmstream.operators.messages;

import io.swarmstream.schemas.avro.ContributionHeader;
import java.io.Serializable;

/** What a site says of its contribution; the fields are those of {@link ContributionHeader}. */
public record Header(
    int weight,
    long samples,
    double loss,
    double metric,
    double epochsDone,
    double epochsTotal,
    String checkIn)
    implements Serializable {

  public static Header of(ContributionHeader avro) {
    return new Header(
        avro.getWeight(),
        avro.getSamples(),
        avro.getLoss(),
        avro.getMetric(),
        avro.getEpochsDone(),
        avro.getEpochsTotal(),
        avro.getCheckIn());
  }

  public ContributionHeader toAvro() {
    return new ContributionHeader(weight, samples, loss, metric, epochsDone, epochsTotal, checkIn);
  }
}
