package io.swarmstream.clients.chain;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.utils.Numeric;

/**
 * Identifies a chain. Asks the node once, because neither the id nor block 0 of a chain changes.
 */
final class Network {
  private final JsonRpc rpc;
  private final String trainingContracts;

  /** Null until the node has been asked. */
  private volatile @Nullable Long chainId;

  /** Hash of block 0, 64 hex digits; null until the node has been asked. */
  private volatile @Nullable String genesis;

  Network(JsonRpc rpc, String trainingContracts) {
    this.rpc = rpc;
    this.trainingContracts = trainingContracts;
  }

  /** {@code eip155:chainId:hash of block 0:address of TrainingContracts}. */
  String name() {
    return "eip155:" + chainId() + ":" + genesis() + ":" + trainingContracts;
  }

  long chainId() {
    Long known = chainId;
    if (known == null) {
      known =
          rpc.ask("ask for the chain id", rpc.web3j().ethChainId()).getChainId().longValueExact();
      chainId = known;
    }
    return known;
  }

  private String genesis() {
    String known = genesis;
    if (known == null) {
      String what = "ask for block 0, whose hash is a part of the network's name";
      EthBlock.Block block =
          rpc.ask(
                  what,
                  rpc.web3j()
                      .ethGetBlockByNumber(DefaultBlockParameter.valueOf(BigInteger.ZERO), false))
              .getBlock();
      if (block == null) {
        throw new ChainException(
            "could not "
                + what
                + ": the node at "
                + rpc.place()
                + " does not have it; ask a node that keeps old blocks");
      }
      known = Numeric.cleanHexPrefix(block.getHash()).toLowerCase(Locale.ROOT);
      genesis = known;
    }
    return known;
  }
}
