package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.health.SwarmHealth;
import io.swarmstream.site.node.session.EndedTraining;
import io.swarmstream.site.node.session.Exchange;
import io.swarmstream.site.node.session.Reported;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SessionStatus;
import io.swarmstream.site.node.session.Waiting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node and its sessions do, as {@code /status} gives it and {@link StatusPage} shows it. */
record StatusView(
    @JsonPropertyDescription("The node.") Node node,
    @JsonPropertyDescription("The parts of the swarm, as they were some seconds ago.")
        List<PartState> parts,
    @JsonPropertyDescription("The node's sessions, by id.") List<SessionState> sessions,
    @JsonPropertyDescription("The newest trainings that are over, the newest first.")
        List<EndedState> ended) {

  /** A part of the swarm. */
  record PartState(
      @JsonPropertyDescription("chain, kafka or job.") String name,
      @JsonPropertyDescription(
              "unknown, up or down; the job counts as up unless it is known to be silent.")
          String state,
      @JsonPropertyDescription("Since when, ISO 8601.") String since,
      @JsonPropertyDescription("What is wrong with it.") @Nullable String problem) {
    static PartState of(SwarmHealth.Part part) {
      return new PartState(
          part.name(), part.state().code(), Times.iso(part.since()), part.problem());
    }
  }

  /** A training that is over. */
  record EndedState(
      @JsonPropertyDescription("Name of the training contract.") String contract,
      @JsonPropertyDescription("Id of the session.") String session,
      @JsonPropertyDescription("What trained.") String trainer,
      @JsonPropertyDescription("Round of the final model.") long round,
      @JsonPropertyDescription("Merkle root of the final model.") String modelHash,
      @JsonPropertyDescription("Mean loss of the final round's participants.")
          @Nullable Double meanLoss,
      @JsonPropertyDescription("When this site learnt of it, ISO 8601.") String at) {
    static EndedState of(EndedTraining ended) {
      return new EndedState(
          ended.contract(),
          ended.session(),
          ended.trainer(),
          ended.round(),
          ended.modelHash(),
          ended.meanLoss(),
          ended.at());
    }
  }

  /** The node itself. */
  record Node(
      @JsonPropertyDescription("Name of the site.") String site,
      @JsonPropertyDescription("Ethereum address of the site.") String address,
      @JsonPropertyDescription("Version of the node.") String version,
      @JsonPropertyDescription("When the node was started, ISO 8601.") String startedAt) {}

  /** A session. */
  record SessionState(
      @JsonPropertyDescription("Its id.") String session,
      @JsonPropertyDescription("Name of the training contract.") String contract,
      @JsonPropertyDescription("What trains.") String trainer,
      @JsonPropertyDescription("ready, sending, waiting, failed, finished or over.") String state,
      @JsonPropertyDescription("What it waits for, in words.") String waitingFor,
      @JsonPropertyDescription("Since when, ISO 8601.") String since,
      @JsonPropertyDescription("Sites that the round waits for.") List<String> missing,
      @JsonPropertyDescription(
              "The same in words, with how many more are needed and how they join.")
          @Nullable String waitsFor,
      @JsonPropertyDescription("Number of sites in the round that is waited for.") int contributed,
      @JsonPropertyDescription("Number of sites that a round needs.") int minPeers,
      @JsonPropertyDescription("Round of the newest model; -1: there is none.") long round,
      @JsonPropertyDescription("Loss of this site, as its trainer last reported.")
          @Nullable Double loss,
      @JsonPropertyDescription("Metric of this site, as its trainer last reported.")
          @Nullable Double metric,
      @JsonPropertyDescription("Mean loss of the participants of the newest model's round.")
          @Nullable Double meanLoss,
      @JsonPropertyDescription("Number of known rounds that are not on the chain yet.")
          @Nullable Long pendingAnchors,
      @JsonPropertyDescription("Since when anchors are pending, or none has been, ISO 8601.")
          @Nullable String anchorsSince,
      @JsonPropertyDescription("What was last sent to the swarm.") @Nullable Transfer lastSent,
      @JsonPropertyDescription("What was last received from the swarm.")
          @Nullable Transfer lastReceived,
      @JsonPropertyDescription("Passes over the data so far.") double epochsDone,
      @JsonPropertyDescription("Passes planned; 0: unknown.") double epochsTotal,
      @JsonPropertyDescription(
              "Seconds of training until all epochs are done, at the pace so far, without waits for other sites.")
          @Nullable Long etaSeconds,
      @JsonPropertyDescription("The same with as much waiting as so far.")
          @Nullable Long etaWithWaitsSeconds) {

    static SessionState of(SessionStatus status, SwarmHealth.@Nullable Anchors anchors) {
      Waiting sites = status.sites();
      Reported reported = status.reported();
      return new SessionState(
          status.session(),
          status.terms().contract(),
          status.request().trainer(),
          status.state().code(),
          status.waitingFor(),
          Times.iso(status.since()),
          sites == null ? List.of() : sites.missing(),
          sites == null ? null : sites.forWhom(),
          sites == null ? 0 : sites.contributed(),
          status.terms().minPeers(),
          status.model().round(),
          known(reported.loss()),
          known(reported.metric()),
          known(status.model().meanLoss()),
          anchors == null ? null : anchors.pending(),
          anchors == null ? null : Times.iso(anchors.since()),
          Transfer.of(status.exchanges().sent()),
          Transfer.of(status.exchanges().received()),
          reported.epochsDone(),
          reported.epochsTotal(),
          status.eta().trainingSeconds(),
          status.eta().withWaitsSeconds());
    }

    private static @Nullable Double known(double value) {
      return Double.isFinite(value) ? value : null;
    }
  }

  /** Weights that were sent or received. */
  record Transfer(
      @JsonPropertyDescription("Round that the weights were sent to, or are the model of.")
          long round,
      @JsonPropertyDescription("Euclidean norm of the weights.") @Nullable Double norm,
      @JsonPropertyDescription(
              "Merkle root of the contribution or the model, as the round record has it.")
          String hash,
      @JsonPropertyDescription("Size as float32.") long bytes,
      @JsonPropertyDescription("When, ISO 8601.") String at) {

    static @Nullable Transfer of(@Nullable Exchange exchange) {
      return exchange == null
          ? null
          : new Transfer(
              exchange.round(),
              exchange.norm(),
              exchange.hash(),
              exchange.bytes(),
              Times.iso(exchange.at()));
    }
  }

  static StatusView of(SiteNode node) {
    SwarmHealth health = node.health();
    return new StatusView(
        new Node(node.name(), node.address(), version(), Times.iso(node.startedAt())),
        health.parts().stream().map(PartState::of).toList(),
        node.sessions().stream()
            .map(Session::status)
            .map(status -> SessionState.of(status, health.anchors().get(status.terms().contract())))
            .toList(),
        node.ended().stream().map(EndedState::of).toList());
  }

  /** From the jar's manifest, which classes in a folder do not have. */
  static String version() {
    return Optional.ofNullable(StatusView.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
