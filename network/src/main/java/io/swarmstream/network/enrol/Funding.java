package io.swarmstream.network.enrol;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.Member;
import java.math.BigInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives new members what their transactions cost. On a chain of our own that is worth nothing and
 * there is plenty of it: each gets a thousandth of what the giver has.
 */
public final class Funding {
  private static final Logger LOG = LoggerFactory.getLogger(Funding.class);
  private static final BigInteger PART = BigInteger.valueOf(1000);

  private final ChainClient chain;
  private final boolean isOwnChain;

  /**
   * A giver.
   *
   * @param isOwnChain false: the chain's currency is worth something, and nothing is given
   */
  public Funding(ChainClient chain, boolean isOwnChain) {
    this.chain = chain;
    this.isOwnChain = isOwnChain;
  }

  /** Funds an active member. A site needs a transaction, too: when it leaves. */
  public void fund(Member member) {
    if (!isOwnChain || !member.isActive()) {
      return;
    }
    try {
      BigInteger part = chain.balance().divide(PART);
      var unused = chain.pay(member.account(), part);
    } catch (ChainException e) {
      LOG.warn("{} has no means for transactions yet: {}", member.name(), e.getMessage());
    }
  }
}
