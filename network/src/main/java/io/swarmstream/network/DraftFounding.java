package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.clients.network.FoundingOrder;
import io.swarmstream.contracts.ContractRule;
import io.swarmstream.contracts.Draft;
import io.swarmstream.contracts.NewTerms;
import io.swarmstream.network.api.NodeParts;
import io.swarmstream.network.enrol.SiteEnrolment;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.web.ApiProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Creates a contract from its draft on the chain, with the layout of the first trainer, and enrols
 * the sites that were invited for it. What the draft decides, no trainer changes.
 */
final class DraftFounding implements NodeParts.Founding {
  private static final Duration TOPICS = Duration.ofSeconds(30);

  private final ChainClient chain;
  private final SnapshotKeeper swarm;
  private final SiteEnrolment enrolment;
  private final Supplier<Optional<KafkaEndpoint>> kafka;

  DraftFounding(
      ChainClient chain,
      SnapshotKeeper swarm,
      SiteEnrolment enrolment,
      Supplier<Optional<KafkaEndpoint>> kafka) {
    this.chain = chain;
    this.swarm = swarm;
    this.enrolment = enrolment;
    this.kafka = kafka;
  }

  @Override
  public synchronized String create(String name, FoundingOrder order) throws InterruptedException {
    ContractDraft stored =
        chain
            .members()
            .draft(name)
            .filter(found -> !found.text().isEmpty())
            .orElseThrow(
                () ->
                    ApiProblem.of(
                        404,
                        "unknown-contract",
                        "there is no draft "
                            + name
                            + "; an owner makes one with 'swarm contract create "
                            + name
                            + "'"));
    String contract = stored.contract();
    if (chain.registry().names().contains(contract)) {
      return contract;
    }
    Draft draft = Draft.ofText(name, stored.generation(), stored.text());
    NewTerms terms = terms(draft, order);
    ModelLayout layout = layout(terms, order.layout());
    Limits usual = usualLimits(terms);
    createTopics(contract, terms);
    put(terms.of(contract, chain.network(), layout, usual), layout);
    enrolment.enrolWaiting(name, contract);
    var unused = swarm.refresh();
    return contract;
  }

  /** Trainers begin at the same time, and reach different nodes: then one of them is the first. */
  private void put(ContractTerms terms, ModelLayout layout) {
    try {
      var unused = chain.administration().createContract(terms, layout, coordinator());
    } catch (ChainRefusalException e) {
      if (!chain.registry().names().contains(terms.contract())) {
        throw e;
      }
    }
  }

  private static ModelLayout layout(NewTerms terms, String text) {
    try {
      return terms.whole(ModelLayout.parse(text));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("layout", "layout: " + e.getMessage()).because(e);
    }
  }

  private static NewTerms terms(Draft draft, FoundingOrder order) {
    String method = draft.mergeMethod();
    Integer minPeers = draft.minPeers();
    Integer interval = draft.adaptiveInterval();
    return new NewTerms(
        method == null ? order.method() : method,
        minPeers == null ? order.minPeers() : minPeers,
        draft.gracePeriod(),
        draft.encoding(),
        interval == null ? order.adaptiveInterval() : interval,
        draft.limits(),
        draft.payloadHash(),
        draft.optimizer(),
        draft.privacy());
  }

  private static Limits usualLimits(NewTerms terms) {
    try {
      return ContractRule.check(terms);
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("method", String.valueOf(e.getMessage())).because(e);
    }
  }

  private void createTopics(String contract, NewTerms terms) throws InterruptedException {
    KafkaEndpoint endpoint =
        kafka
            .get()
            .orElseThrow(
                () ->
                    ApiProblem.of(
                        503,
                        "no-kafka",
                        "no organisation has announced a Kafka yet; start one with"
                            + " 'swarm cluster up --secured'"));
    new ContractTopics(endpoint, TopicOptions.defaults())
        .create(contract, Topic.kindsOf(terms.encoding(), terms.optimizer()), TOPICS);
  }

  private String coordinator() {
    List<Member> jobs = swarm.newest().with(Role.JOB);
    if (jobs.isEmpty()) {
      throw ApiProblem.of(
          409,
          "no-job",
          "no member has the role job, so nobody would merge; invite one and start the job");
    }
    // The newest: the founder has all roles, and a job that was admitted later is meant to be used.
    return jobs.get(jobs.size() - 1).account();
  }
}
