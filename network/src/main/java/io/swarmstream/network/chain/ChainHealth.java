package io.swarmstream.network.chain;

/**
 * What a network node says of its Ethereum node.
 *
 * @param state one word
 * @param block number of the newest block; -1 when not known
 * @param message one sentence, with what to do about it
 */
public record ChainHealth(State state, long block, String message) {
  public enum State {
    /** The node answers, and blocks are being made. */
    HEALTHY,
    /** The node answers, but there is no new block. */
    HALTED,
    /** The node is not running or does not answer. */
    DOWN
  }

  ChainHealth withMore(String text) {
    return new ChainHealth(state, block, message + text);
  }

  public boolean isHealthy() {
    return state == State.HEALTHY;
  }
}
