package io.swarmstream.site;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a site takes part, and how patient it is.
 *
 * @param contract name of the training contract
 * @param joinDeadline longest wait for Kafka and the chain when joining, and for more of a model
 *     that is being read
 * @param resendAfter when the job still misses a contribution this long after it was sent, it is
 *     sent again
 * @param anchorPatience how long a merged model waits for its round's anchor; a chain that cannot
 *     be reached is not waited for, since rounds go on without it
 * @param anchorRequired true: a model without its anchor is refused; false: it is used, and
 *     compared with the anchor as soon as that can be read
 * @param modelFolder where the model that the site trains from is kept, in a file that goes with
 *     the process; empty: in memory
 * @param memoryFolder where the site notes what it has sent, for after a restart; empty: a process
 *     knows only what it has sent itself
 * @param layout of the model, for where the chain has only its hash; empty: the chain has it
 */
public record SiteOptions(
    String contract,
    KafkaEndpoint kafka,
    ChainOptions chain,
    Duration joinDeadline,
    Duration resendAfter,
    Duration anchorPatience,
    boolean anchorRequired,
    Optional<Path> modelFolder,
    Optional<Path> memoryFolder,
    Optional<ModelLayout> layout) {

  public SiteOptions {
    ContractTerms.checkName(contract);
  }

  /**
   * 60 s to join, 10 s until a contribution is sent again, 5 s for an anchor that is not required.
   */
  public static SiteOptions of(String contract, KafkaEndpoint kafka, ChainOptions chain) {
    return new SiteOptions(
        contract,
        kafka,
        chain,
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public SiteOptions withResendAfter(Duration duration) {
    return new SiteOptions(
        contract,
        kafka,
        chain,
        joinDeadline,
        duration,
        anchorPatience,
        anchorRequired,
        modelFolder,
        memoryFolder,
        layout);
  }

  /** How long to wait for anchors, and whether to do without. */
  public SiteOptions withAnchors(Duration patience, boolean required) {
    return new SiteOptions(
        contract,
        kafka,
        chain,
        joinDeadline,
        resendAfter,
        patience,
        required,
        modelFolder,
        memoryFolder,
        layout);
  }

  /** For a model that is too large for the heap. */
  public SiteOptions withModelFolder(Path folder) {
    return new SiteOptions(
        contract,
        kafka,
        chain,
        joinDeadline,
        resendAfter,
        anchorPatience,
        anchorRequired,
        Optional.of(folder),
        memoryFolder,
        layout);
  }

  /**
   * For a site that may be started again in the middle of a round: it knows its earlier
   * contribution to the round from one that somebody else made with a copy of its key.
   */
  public SiteOptions withMemoryFolder(Path folder) {
    return new SiteOptions(
        contract,
        kafka,
        chain,
        joinDeadline,
        resendAfter,
        anchorPatience,
        anchorRequired,
        modelFolder,
        Optional.of(folder),
        layout);
  }

  /** For a model whose layout is too long for the chain: it has to hash to what the terms say. */
  public SiteOptions withLayout(ModelLayout known) {
    return new SiteOptions(
        contract,
        kafka,
        chain,
        joinDeadline,
        resendAfter,
        anchorPatience,
        anchorRequired,
        modelFolder,
        memoryFolder,
        Optional.of(known));
  }
}
