package io.swarmstream.contracts;

import io.swarmstream.clients.chain.ContractRegistry;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.ModelLayout;
import java.time.Duration;

/**
 * The terms of a contract that is about to be created.
 *
 * @param encoding how sites send their deltas
 * @param adaptiveInterval mini-batches before the first merge of an adaptive training; 0: not
 *     adaptive
 * @param limits what no site may exceed in a round
 * @param payloadHash how payloads are hashed
 * @param optimizer turns the merged delta into the step that is added to the model
 * @param privacy what sites do to their deltas before they send them
 */
public record NewTerms(
    String method,
    int minPeers,
    Duration gracePeriod,
    DeltaEncoding encoding,
    int adaptiveInterval,
    WantedLimits limits,
    PayloadHash payloadHash,
    Optimizer optimizer,
    Privacy privacy) {

  /**
   * The layout that the chain gets: the trainers' tensors and, under an adaptive clip, its own.
   *
   * @param trained the trainers' tensors
   * @throws IllegalArgumentException if one of them has the name of the clip's
   */
  public ModelLayout whole(ModelLayout trained) {
    ModelLayout whole = ClipTensor.whole(privacy, trained);
    // A site that cannot read the layout from the chain sorts its tensors by name.
    return ContractRegistry.stores(whole) ? whole : ClipTensor.whole(privacy, trained.sorted());
  }

  /**
   * The terms, with chunks of full size.
   *
   * @param layout the {@link #whole} one
   * @param usual limits of the merge method
   */
  public ContractTerms of(String contract, String network, ModelLayout layout, Limits usual) {
    ContractTerms terms =
        new ContractTerms(
            contract,
            network,
            method,
            minPeers,
            gracePeriod.toMillis(),
            layout.parameterCount(),
            ChunkLayout.MAX_CHUNK_VALUES,
            encoding,
            adaptiveInterval,
            layout.hash().hex(),
            limits.or(usual),
            payloadHash);
    return terms.withOptimizer(optimizer).withPrivacy(privacy);
  }
}
