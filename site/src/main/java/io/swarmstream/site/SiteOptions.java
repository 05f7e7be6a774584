package io.swarmstream.site;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a site takes part, and how long it waits. Immutable; each {@code with} method returns a
 * changed copy.
 */
@PublicApi
public final class SiteOptions {
  private final String contract;
  private final KafkaEndpoint kafka;
  private final ChainOptions chain;
  private final Duration joinDeadline;
  private final Duration resendAfter;
  private final Duration anchorPatience;
  private final boolean anchorRequired;
  private final @Nullable Path modelFolder;
  private final @Nullable Path memoryFolder;
  private final @Nullable ModelLayout layout;

  private SiteOptions(Draft draft) {
    contract = draft.contract;
    kafka = draft.kafka;
    chain = draft.chain;
    joinDeadline = draft.joinDeadline;
    resendAfter = draft.resendAfter;
    anchorPatience = draft.anchorPatience;
    anchorRequired = draft.anchorRequired;
    modelFolder = draft.modelFolder;
    memoryFolder = draft.memoryFolder;
    layout = draft.layout;
  }

  /**
   * The defaults: 60 s to join, 10 s until a missing contribution is sent again, 5 s for an anchor
   * that is not required; the model and the memory of what was sent live as long as the process.
   *
   * @param contract name of the training contract
   * @param kafka brokers of the swarm
   * @param chain Ethereum node and contracts of the swarm
   * @throws IllegalArgumentException when the name is not one of a contract
   */
  public static SiteOptions of(String contract, KafkaEndpoint kafka, ChainOptions chain) {
    ContractTerms.checkName(contract);
    return new SiteOptions(new Draft(contract, kafka, chain));
  }

  /**
   * The longest wait for Kafka and the chain when joining, and for more of a model that is being
   * read.
   */
  public SiteOptions withJoinDeadline(Duration deadline) {
    return with(draft -> draft.joinDeadline = deadline);
  }

  /** How long the job may miss a contribution before the site sends it again. */
  public SiteOptions withResendAfter(Duration duration) {
    return with(draft -> draft.resendAfter = duration);
  }

  /**
   * How a merged model waits for its round's anchor.
   *
   * @param patience longest wait; a chain that cannot be reached is not waited for unless the
   *     anchor is required, since rounds continue without it
   * @param required true: a model without its anchor fails with {@link UnprovenException}; false:
   *     the site uses it, and compares it with the anchor as soon as the chain has one
   */
  public SiteOptions withAnchors(Duration patience, boolean required) {
    return with(
        draft -> {
          draft.anchorPatience = patience;
          draft.anchorRequired = required;
        });
  }

  /**
   * Keeps the models in files of a folder, for models that are too large for the heap; they go with
   * the process.
   */
  public SiteOptions withModelFolder(Path folder) {
    return with(draft -> draft.modelFolder = folder);
  }

  /**
   * Notes in a folder what the site has sent. A site that restarts in the middle of a round then
   * knows its earlier contribution from one that somebody else made with a copy of its key.
   *
   * <p>Under an encoding that sends few values, the folder also has the values that are not sent
   * yet, in a file as large as the model. A site that restarts sends them later.
   */
  public SiteOptions withMemoryFolder(Path folder) {
    return with(draft -> draft.memoryFolder = folder);
  }

  /**
   * The model's layout, for a contract whose layout is too long for the chain. It has to hash to
   * what the contract's terms say.
   */
  public SiteOptions withLayout(ModelLayout known) {
    return with(draft -> draft.layout = known);
  }

  /** Name of the training contract. */
  public String contract() {
    return contract;
  }

  /** Brokers of the swarm. */
  public KafkaEndpoint kafka() {
    return kafka;
  }

  /** Ethereum node and contracts of the swarm. */
  public ChainOptions chain() {
    return chain;
  }

  /** As {@link #withJoinDeadline} says. */
  public Duration joinDeadline() {
    return joinDeadline;
  }

  /** As {@link #withResendAfter} says. */
  public Duration resendAfter() {
    return resendAfter;
  }

  /** As {@link #withAnchors} says. */
  public Duration anchorPatience() {
    return anchorPatience;
  }

  /** As {@link #withAnchors} says. */
  public boolean anchorRequired() {
    return anchorRequired;
  }

  /** As {@link #withModelFolder} says; empty: models are kept in memory. */
  public Optional<Path> modelFolder() {
    return Optional.ofNullable(modelFolder);
  }

  /** As {@link #withMemoryFolder} says; empty: a process knows only what it has sent itself. */
  public Optional<Path> memoryFolder() {
    return Optional.ofNullable(memoryFolder);
  }

  /** As {@link #withLayout} says; empty: the chain has the layout. */
  public Optional<ModelLayout> layout() {
    return Optional.ofNullable(layout);
  }

  private SiteOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new SiteOptions(draft);
  }

  /** The same fields while they are being set. */
  private static final class Draft {
    private final String contract;
    private final KafkaEndpoint kafka;
    private final ChainOptions chain;
    private Duration joinDeadline = Duration.ofSeconds(60);
    private Duration resendAfter = Duration.ofSeconds(10);
    private Duration anchorPatience = Duration.ofSeconds(5);
    private boolean anchorRequired;
    private @Nullable Path modelFolder;
    private @Nullable Path memoryFolder;
    private @Nullable ModelLayout layout;

    Draft(String contract, KafkaEndpoint kafka, ChainOptions chain) {
      this.contract = contract;
      this.kafka = kafka;
      this.chain = chain;
    }

    Draft(SiteOptions options) {
      this(options.contract, options.kafka, options.chain);
      joinDeadline = options.joinDeadline;
      resendAfter = options.resendAfter;
      anchorPatience = options.anchorPatience;
      anchorRequired = options.anchorRequired;
      modelFolder = options.modelFolder;
      memoryFolder = options.memoryFolder;
      layout = options.layout;
    }
  }
}
