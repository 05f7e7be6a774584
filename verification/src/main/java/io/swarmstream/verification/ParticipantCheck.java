package io.swarmstream.verification;

import io.swarmstream.operators.admission.EnrolledSite;
import io.swarmstream.schemas.avro.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the participants of a round record against the enrolments on the chain. */
final class ParticipantCheck {
  private final ChainHistory history;
  private final Map<String, EnrolledSite> sites;

  ParticipantCheck(ChainHistory history) {
    this.history = history;
    this.sites = history.sites();
  }

  /** Participants have to be enrolled, within their weight, in the order of address, each once. */
  List<Finding> of(LoggedRound round) {
    List<Finding> findings = new ArrayList<>();
    String last = "";
    for (Participant in : round.record().getParticipants()) {
      if (in.getSite().compareTo(last) <= 0) {
        findings.add(
            finding(
                round,
                in,
                in.getSite().equals(last)
                    ? "the round record names " + in.getSite() + " twice"
                    : "the round record names "
                        + in.getSite()
                        + " behind "
                        + last
                        + "; they stand in the order of their address"));
      }
      last = in.getSite();
      checkEnrolment(round, in, findings);
    }
    return findings;
  }

  private void checkEnrolment(LoggedRound round, Participant in, List<Finding> findings) {
    @Nullable EnrolledSite site = sites.get(in.getSite());
    if (site == null) {
      findings.add(finding(round, in, in.getSite() + " was never enrolled in the contract"));
      return;
    }
    int weight = in.getHeader().getWeight();
    if (weight < 0 || weight > site.maxWeight()) {
      findings.add(
          finding(
              round,
              in,
              "it counts with weight "
                  + weight
                  + ", it was enrolled with weights 0 to "
                  + site.maxWeight()));
    }
    if (!history.names(in.getSite()).contains(in.getName())) {
      findings.add(finding(round, in, in.getSite() + " was enrolled as " + site.name()));
    }
  }

  private static Finding finding(LoggedRound round, Participant in, String message) {
    return Finding.of("participant", round.round(), message).site(in.getName()).at(round.place());
  }
}
