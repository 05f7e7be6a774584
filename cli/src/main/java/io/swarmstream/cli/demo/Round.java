package io.swarmstream.cli.demo;

import io.swarmstream.examples.digits.Evaluation;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundSummary;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One round as the demo reports it.
 *
 * @param participants names of the sites whose contributions were merged, sorted
 * @param leftOut names of live sites that the round did not wait for
 * @param meanLoss mean loss of the participants' training since the previous round; empty when none
 *     is known, as in round 0
 * @param test result of the merged model on the held-out digits
 * @param modelHash Merkle root of the merged model
 * @param recordHash hash of the round record, as the chain holds it
 * @param anchorTransaction hash of the transaction that wrote it to the chain
 * @param millis time from the first site's first mini-batch until every site holds the verified
 *     model
 */
public record Round(
    long round,
    List<String> participants,
    List<String> leftOut,
    OptionalDouble meanLoss,
    Evaluation test,
    String modelHash,
    String recordHash,
    String anchorTransaction,
    long millis) {

  static Round of(HeldRound held, Evaluation test, String anchorTransaction) {
    RoundSummary summary = held.merged().summary();
    double loss = summary.meanLoss();
    return new Round(
        held.merged().round(),
        sorted(summary.participants().stream().map(RoundParticipant::name)),
        sorted(summary.leftOut().stream()),
        Double.isFinite(loss) ? OptionalDouble.of(loss) : OptionalDouble.empty(),
        test,
        summary.model().hex(),
        summary.record().hex(),
        anchorTransaction,
        held.millis());
  }

  /** Sorts hospital-z before hospital-aa. */
  private static List<String> sorted(Stream<String> names) {
    return names
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .toList();
  }
}
