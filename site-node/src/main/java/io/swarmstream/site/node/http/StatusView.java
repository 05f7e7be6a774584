package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.site.node.OwnersConsent;
import io.swarmstream.site.node.RefusedTraining;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.health.SwarmHealth;
import io.swarmstream.site.node.session.EndedTraining;
import io.swarmstream.site.node.session.Exchange;
import io.swarmstream.site.node.session.Reported;
import io.swarmstream.site.node.session.SentSoFar;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SessionStatus;
import io.swarmstream.site.node.session.Waiting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node and its sessions do, as {@code /status} gives it and the node's page shows it. */
record StatusView(
    @JsonPropertyDescription("The node.") Node node,
    @JsonPropertyDescription("The parts of the swarm, as they were some seconds ago.")
        List<PartState> parts,
    @JsonPropertyDescription("The node's sessions, by id.") List<SessionState> sessions,
    @JsonPropertyDescription("The newest trainings that are over, the newest first.")
        List<EndedState> ended,
    @JsonPropertyDescription("What trainings need before they may begin.") ConsentState consent) {

  /** What the node asks before a training begins, and what it was told. */
  record ConsentState(
      @JsonPropertyDescription("Whether its owner is asked about each training contract.")
          boolean asks,
      @JsonPropertyDescription("Contracts that wait for the owner.") List<WaitingContract> waiting,
      @JsonPropertyDescription("What the owner has said.") List<AnsweredContract> answers,
      @JsonPropertyDescription("Trainers that could not begin, the newest first.")
          List<RefusedTrainer> refused,
      @JsonPropertyDescription(
              "Why no training may begin, such as a missing licence, and the way out.")
          @Nullable String notPermitted) {
    static ConsentState of(SiteNode node) {
      OwnersConsent consent = node.consent();
      return new ConsentState(
          consent.asks(),
          consent.waiting().stream().map(WaitingContract::of).toList(),
          consent.answers().stream()
              .map(each -> new AnsweredContract(each.contract(), each.approved(), each.at()))
              .toList(),
          node.refused().stream().map(RefusedTrainer::of).toList(),
          node.notPermitted().orElse(null));
    }
  }

  /** A training contract that waits for the owner. */
  record WaitingContract(
      @JsonPropertyDescription("Its name.") String contract,
      @JsonPropertyDescription("What wants to train.") String trainer,
      @JsonPropertyDescription("Since when, ISO 8601.") String since) {
    static WaitingContract of(OwnersConsent.Waiting waiting) {
      return new WaitingContract(waiting.contract(), waiting.trainer(), Times.iso(waiting.since()));
    }
  }

  /** What the owner has said of a training contract. */
  record AnsweredContract(
      @JsonPropertyDescription("Its name.") String contract,
      @JsonPropertyDescription("Whether the site may train for it.") boolean approved,
      @JsonPropertyDescription("When the owner said so, ISO 8601.") String at) {}

  /** A trainer that could not begin. */
  record RefusedTrainer(
      @JsonPropertyDescription("Training contract that it asked for.") String contract,
      @JsonPropertyDescription("What trains.") String trainer,
      @JsonPropertyDescription("The kind of problem, for programs.") String code,
      @JsonPropertyDescription("What is wrong, and the way out.") String detail,
      @JsonPropertyDescription("When, ISO 8601.") String at) {
    static RefusedTrainer of(RefusedTraining refused) {
      return new RefusedTrainer(
          refused.contract(),
          refused.trainer(),
          refused.code(),
          refused.detail(),
          Times.iso(refused.at()));
    }
  }

  /** What has left the site in a session, since its node was started. */
  record SentState(
      @JsonPropertyDescription("Number of contributions.") long contributions,
      @JsonPropertyDescription("Bytes of the weights' differences, as sent.") long bytes,
      @JsonPropertyDescription("What the newest contribution says besides.")
          @Nullable ToldState told) {
    static SentState of(SentSoFar sent) {
      TrainingReport told = sent.told();
      return new SentState(
          sent.contributions(), sent.bytes(), told == null ? null : ToldState.of(told));
    }
  }

  /** What a contribution says besides the weights' differences. */
  record ToldState(
      @JsonPropertyDescription("How much the site asks to count.") int weight,
      @JsonPropertyDescription("Training samples since the last merged model; 0: unknown.")
          long samples,
      @JsonPropertyDescription("Loss.") @Nullable Double loss,
      @JsonPropertyDescription("Metric.") @Nullable Double metric,
      @JsonPropertyDescription("Passes over the data so far.") double epochsDone,
      @JsonPropertyDescription("Passes planned; 0: unknown.") double epochsTotal) {
    static ToldState of(TrainingReport told) {
      return new ToldState(
          told.weight(),
          told.samples(),
          SessionState.known(told.loss()),
          SessionState.known(told.metric()),
          told.epochsDone(),
          told.epochsTotal());
    }
  }

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
      @JsonPropertyDescription("Seconds until the round closes, as the job last said.")
          @Nullable Long closesInSeconds,
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
      @JsonPropertyDescription("All that was sent.") SentState sent,
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
          sites == null ? null : sites.closesInSeconds(),
          status.model().round(),
          known(reported.loss()),
          known(reported.metric()),
          known(status.model().meanLoss()),
          anchors == null ? null : anchors.pending(),
          anchors == null ? null : Times.iso(anchors.since()),
          Transfer.of(status.exchanges().sent()),
          SentState.of(status.sent()),
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
        node.ended().stream().map(EndedState::of).toList(),
        ConsentState.of(node));
  }

  /** From the jar's manifest, which classes in a folder do not have. */
  static String version() {
    return Optional.ofNullable(StatusView.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
