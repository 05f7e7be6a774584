package io.swarmstream.site.node.http;

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
    @Doc("The node.") Node node,
    @Doc("The parts of the swarm, as they were some seconds ago.") List<PartState> parts,
    @Doc("The node's sessions, by id.") List<SessionState> sessions,
    @Doc("The newest trainings that are over, the newest first.") List<EndedState> ended) {

  /** A part of the swarm. */
  record PartState(
      @Doc("chain, kafka or job.") String name,
      @Doc("unknown, up or down; the job counts as up unless it is known to be silent.")
          String state,
      @Doc("Since when, ISO 8601.") String since,
      @Doc(value = "What is wrong with it.", optional = true) @Nullable String problem) {
    static PartState of(SwarmHealth.Part part) {
      return new PartState(
          part.name(), part.state().code(), Times.iso(part.since()), part.problem());
    }
  }

  /** A training that is over. */
  record EndedState(
      @Doc("Name of the training contract.") String contract,
      @Doc("Id of the session.") String session,
      @Doc("What trained.") String trainer,
      @Doc("Round of the final model.") long round,
      @Doc("Merkle root of the final model.") String modelHash,
      @Doc(value = "Mean loss of the final round's participants.", optional = true)
          @Nullable Double meanLoss,
      @Doc("When this site learnt of it, ISO 8601.") String at) {
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
      @Doc("Name of the site.") String site,
      @Doc("Ethereum address of the site.") String address,
      @Doc("Version of the node.") String version,
      @Doc("When the node was started, ISO 8601.") String startedAt) {}

  /** A session. */
  record SessionState(
      @Doc("Its id.") String session,
      @Doc("Name of the training contract.") String contract,
      @Doc("What trains.") String trainer,
      @Doc("ready, sending, waiting, failed, finished or over.") String state,
      @Doc("What it waits for, in words.") String waitingFor,
      @Doc("Since when, ISO 8601.") String since,
      @Doc("Sites that the round waits for.") List<String> missing,
      @Doc(
              value = "The same in words, with how many more are needed and how they join.",
              optional = true)
          @Nullable String waitsFor,
      @Doc("Number of sites in the round that is waited for.") int contributed,
      @Doc("Number of sites that a round needs.") int minPeers,
      @Doc("Round of the newest model; -1: there is none.") long round,
      @Doc(value = "Loss of this site, as its trainer last reported.", optional = true)
          @Nullable Double loss,
      @Doc(value = "Metric of this site, as its trainer last reported.", optional = true)
          @Nullable Double metric,
      @Doc(value = "Mean loss of the participants of the newest model's round.", optional = true)
          @Nullable Double meanLoss,
      @Doc(value = "Number of known rounds that are not on the chain yet.", optional = true)
          @Nullable Long pendingAnchors,
      @Doc(value = "Since when anchors are pending, or none has been, ISO 8601.", optional = true)
          @Nullable String anchorsSince,
      @Doc(value = "What was last sent to the swarm.", optional = true) @Nullable Transfer lastSent,
      @Doc(value = "What was last received from the swarm.", optional = true)
          @Nullable Transfer lastReceived,
      @Doc("Passes over the data so far.") double epochsDone,
      @Doc("Passes planned; 0: unknown.") double epochsTotal,
      @Doc(
              value =
                  "Seconds of training until all epochs are done, at the pace so far, without waits for other sites.",
              optional = true)
          @Nullable Long etaSeconds,
      @Doc(value = "The same with as much waiting as so far.", optional = true)
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
      @Doc("Round that the weights were sent to, or are the model of.") long round,
      @Doc(value = "Euclidean norm of the weights.", optional = true) @Nullable Double norm,
      @Doc("Merkle root of the contribution or the model, as the round record has it.") String hash,
      @Doc("Size as float32.") long bytes,
      @Doc("When, ISO 8601.") String at) {

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
