package io.swarmstream.contracts;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates contracts and enrols sites of a swarm with members, as one of them. */
public final class MemberOwner implements ContractKeeper {
  private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(30);

  private final ChainOptions chain;
  private final Supplier<KafkaEndpoint> kafka;
  private final SiteKey key;

  /**
   * A member.
   *
   * @param kafka the swarm's; asked only when topics have to be created
   * @param key of the member's account; what it may do is for the chain to decide
   */
  public MemberOwner(ChainOptions chain, Supplier<KafkaEndpoint> kafka, SiteKey key) {
    this.chain = chain;
    this.kafka = kafka;
    this.key = key;
  }

  @Override
  public List<Draft> drafts() {
    return with(client -> new ChainDrafts(client).all());
  }

  @Override
  public Optional<Draft> draft(String name) {
    return with(client -> new ChainDrafts(client).find(name));
  }

  @Override
  public void write(Draft draft) {
    var unused = with(client -> client.membership().setDraft(draft.name(), draft.text()));
  }

  @Override
  public Draft reset(Draft draft) {
    var unused = with(client -> client.membership().resetContract(draft.name()));
    return draft.reset();
  }

  @Override
  public boolean create(Draft draft, NewTerms terms, ModelLayout layout)
      throws InterruptedException {
    return create(draft.contract(), terms, layout);
  }

  @Override
  public boolean create(String contract, NewTerms terms, ModelLayout layout)
      throws InterruptedException {
    Limits usual = ContractRule.check(terms);
    ModelLayout written = terms.whole(layout);
    if (with(client -> client.members().hasRole(key.address(), Role.NETWORK))) {
      // Others may not; the job creates the topics then.
      new ContractTopics(kafka.get(), TopicOptions.defaults())
          .create(contract, Topic.kindsOf(terms.encoding(), terms.optimizer()), TOPICS_DEADLINE);
    }
    return unlessRefused(
        "ContractAlreadyExists",
        client ->
            client
                .administration()
                .createContract(
                    terms.of(contract, client.network(), written, usual),
                    written,
                    coordinator(client)));
  }

  @Override
  public void enrol(String contract, String site, String name, int maxWeight) {
    var unused =
        unlessRefused(
            "SiteAlreadyEnrolled",
            client -> client.administration().enrolSite(contract, site, name, maxWeight));
  }

  /**
   * The newest: the founder has all roles, and a job that was admitted later is meant to be used.
   */
  private static String coordinator(ChainClient client) {
    List<Member> jobs =
        client.members().all().stream().filter(member -> member.has(Role.JOB)).toList();
    if (jobs.isEmpty()) {
      throw new IllegalStateException(
          "no member has the role job, so nobody would merge; invite one: 'swarm network invite"
              + " NAME --role job'");
    }
    return jobs.get(jobs.size() - 1).account();
  }

  private boolean unlessRefused(String error, Function<ChainClient, String> order) {
    try {
      var unused = with(order);
      return true;
    } catch (ChainRefusalException e) {
      if (e.error().equals(error)) {
        return false;
      }
      throw e;
    }
  }

  private <T> T with(Function<ChainClient, T> order) {
    try (ChainClient client = ChainClient.signing(chain, key)) {
      return order.apply(client);
    }
  }
}
