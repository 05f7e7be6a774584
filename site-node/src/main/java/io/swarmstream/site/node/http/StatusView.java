package io.swarmstream.site.node.http;

import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.health.SwarmHealth;
import io.swarmstream.site.node.session.EndedTraining;
import io.swarmstream.site.node.session.Exchange;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SessionStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node and its sessions do. */
record StatusView(
    @Doc("The node.") Node node,
    @Doc("The parts of the swarm, as they were some seconds ago.") List<PartState> parts,
    @Doc("Its sessions, by id.") List<SessionState> sessions,
    @Doc("The newest trainings of the site that are over, the newest first.")
        List<EndedState> ended) {

  /** A part of the swarm. */
  record PartState(
      @Doc("chain, kafka or job.") String name,
      @Doc("unknown, up or down; of the job, up: nothing is known against it.") String state,
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
      @Doc("What the site is called.") String site,
      @Doc("Ethereum address of the site.") String address,
      @Doc("Version of the node.") String version,
      @Doc("ISO 8601.") String startedAt) {}

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
      @Doc("Sites that are in the round that is waited for.") int contributed,
      @Doc("Sites that a round needs.") int minPeers,
      @Doc("Round of the newest model; -1: there is none.") long round,
      @Doc(value = "Loss of this site, as its trainer last said.", optional = true)
          @Nullable Double loss,
      @Doc(value = "Metric of this site, as its trainer last said.", optional = true)
          @Nullable Double metric,
      @Doc(value = "Mean loss of the participants of the newest model's round.", optional = true)
          @Nullable Double meanLoss,
      @Doc(value = "Known rounds that are not on the chain.", optional = true)
          @Nullable Long pendingAnchors,
      @Doc(value = "Since when anchors are pending, or none is, ISO 8601.", optional = true)
          @Nullable String anchorsSince,
      @Doc(value = "What last went to the swarm.", optional = true) @Nullable Transfer lastSent,
      @Doc(value = "What last came from it.", optional = true) @Nullable Transfer lastReceived,
      @Doc("Passes of the trainer over its data.") double epochsDone,
      @Doc("Passes planned; 0: unknown.") double epochsTotal,
      @Doc(
              value =
                  "Training until all epochs are done, at the pace so far, without waiting for other sites.",
              optional = true)
          @Nullable Long etaSeconds,
      @Doc(value = "The same with as much waiting as so far.", optional = true)
          @Nullable Long etaWithWaitsSeconds) {

    static SessionState of(SessionStatus status, SwarmHealth.@Nullable Anchors anchors) {
      return new SessionState(
          status.session(),
          status.contract(),
          status.trainer(),
          status.state().code(),
          status.waitingFor(),
          Times.iso(status.since()),
          status.missing(),
          status.forWhom(),
          status.contributed(),
          status.minPeers(),
          status.round(),
          known(status.loss()),
          known(status.metric()),
          known(status.meanLoss()),
          anchors == null ? null : anchors.pending(),
          anchors == null ? null : Times.iso(anchors.since()),
          Transfer.of(status.lastSent()),
          Transfer.of(status.lastReceived()),
          status.epochsDone(),
          status.epochsTotal(),
          status.etaSeconds(),
          status.etaWithWaitsSeconds());
    }

    private static @Nullable Double known(double value) {
      return Double.isFinite(value) ? value : null;
    }
  }

  /** Weights on their way. */
  record Transfer(
      @Doc("Round that they were sent to, or are of.") long round,
      @Doc(value = "Euclidean norm of the weights.", optional = true) @Nullable Double norm,
      @Doc("Merkle root: of the contribution, or of the model, as the round record names them.")
          String hash,
      @Doc("Size as float32.") long bytes,
      @Doc("ISO 8601.") String at) {

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
            .map(status -> SessionState.of(status, health.anchors().get(status.contract())))
            .toList(),
        node.ended().stream().map(EndedState::of).toList());
  }

  /** From the jar's manifest; classes in a folder have none. */
  private static String version() {
    return Optional.ofNullable(StatusView.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
