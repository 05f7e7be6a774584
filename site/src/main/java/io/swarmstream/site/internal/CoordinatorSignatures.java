package io.swarmstream.site.internal;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ContractCoordinators;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.kafka.log.RecordSigners;
import io.swarmstream.clients.kafka.log.RoundLog;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;

/**
 * Accepts what the contract's present coordinator has signed, and of what a former one has signed
 * the round records that the chain holds. A former one's notices and rejections count no more: its
 * key may be the reason why it is the former one.
 */
final class CoordinatorSignatures implements RecordSigners {
  private final ContractCoordinators coordinators;

  /**
   * Reads the coordinators.
   *
   * @throws io.swarmstream.clients.chain.ChainException when the chain does not answer
   */
  CoordinatorSignatures(ChainClient chain, String contract) {
    this(ContractCoordinators.read(chain, contract));
  }

  CoordinatorSignatures(ContractCoordinators coordinators) {
    this.coordinators = coordinators;
  }

  @Override
  public String coordinator() {
    return coordinators.present();
  }

  @Override
  public boolean accepts(String signer, byte[] record) {
    return coordinators.isPresent(signer)
        || (coordinators.isFormer(signer)
            && WireFormat.ROUND_RECORD.frames(record)
            && isProven(record));
  }

  private boolean isProven(byte[] record) {
    try {
      PublishedRound round = PublishedRound.of(record);
      // The log drops rounds that old as it reads; asking for each would make a join slow.
      return round.round() < coordinators.anchoredRounds() - RoundLog.KEPT_ROUNDS
          || coordinators.isAnchored(round.anchor());
    } catch (MalformedRecordException e) {
      return false;
    }
  }
}
