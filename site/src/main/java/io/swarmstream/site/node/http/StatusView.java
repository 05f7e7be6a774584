package io.swarmstream.site.node.http;

import io.swarmstream.site.node.Exchange;
import io.swarmstream.site.node.SessionStatus;
import io.swarmstream.site.node.SiteNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node and its sessions do. */
record StatusView(
    @Doc("The node.") Node node, @Doc("Its sessions, by id.") List<SessionState> sessions) {

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
      @Doc("Round of the newest model; -1: there is none.") long round,
      @Doc(value = "What last went to the swarm.", optional = true) @Nullable Transfer lastSent,
      @Doc(value = "What last came from it.", optional = true) @Nullable Transfer lastReceived,
      @Doc("Passes of the trainer over its data.") double epochsDone,
      @Doc("Passes planned; 0: unknown.") double epochsTotal,
      @Doc(value = "Until all epochs are done, at the pace so far.", optional = true)
          @Nullable Long etaSeconds) {

    static SessionState of(SessionStatus status) {
      return new SessionState(
          status.session(),
          status.contract(),
          status.trainer(),
          status.state(),
          status.waitingFor(),
          Times.iso(status.since()),
          status.missing(),
          status.round(),
          Transfer.of(status.lastSent()),
          Transfer.of(status.lastReceived()),
          status.epochsDone(),
          status.epochsTotal(),
          status.etaSeconds());
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
    return new StatusView(
        new Node(node.name(), node.address(), version(), Times.iso(node.startedAt())),
        node.sessions().stream().map(SessionStatus::of).map(SessionState::of).toList());
  }

  /** From the jar's manifest; classes in a folder have none. */
  private static String version() {
    return Optional.ofNullable(StatusView.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
