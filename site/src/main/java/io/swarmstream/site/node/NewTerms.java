package io.swarmstream.site.node;

import io.swarmstream.schemas.ChunkLayout;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.ModelLayout;
import java.time.Duration;

/** The terms of a contract that is about to be created, with chunks of full size. */
final class NewTerms {
  private NewTerms() {}

  static ContractTerms of(
      String contract,
      String network,
      String method,
      int minPeers,
      Duration gracePeriod,
      ModelLayout layout) {
    return new ContractTerms(
        contract,
        network,
        method,
        minPeers,
        gracePeriod.toMillis(),
        layout.parameterCount(),
        ChunkLayout.MAX_CHUNK_VALUES,
        Encoding.FLOAT32,
        layout.hash().hex());
  }
}
