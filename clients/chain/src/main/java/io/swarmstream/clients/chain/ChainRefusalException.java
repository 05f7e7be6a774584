package io.swarmstream.clients.chain;

import java.util.List;

/**
 * A smart contract reverted. The message is a sentence that says what to do; {@link #error} and
 * {@link #arguments} are for programs.
 */
public final class ChainRefusalException extends ChainException {
  private static final long serialVersionUID = 1;

  private final String error;
  private final List<String> arguments;

  ChainRefusalException(String message, String error, List<String> arguments) {
    super(message);
    this.error = error;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * The refusal that a smart contract would give, for boards without a chain.
   *
   * @param what completes "could not ..."
   * @param error name of the custom error
   */
  public static ChainRefusalException of(String what, String error, String... arguments) {
    List<String> values = List.of(arguments);
    return new ChainRefusalException(
        "could not " + what + ": " + ContractError.named(error).sentence(values), error, values);
  }

  @Override
  public boolean isFinal() {
    return true;
  }

  /** Name of the custom error as in the Solidity source; empty when the revert gave no reason. */
  public String error() {
    return error;
  }

  /** The custom error's arguments as text: numbers in decimal, hashes in hex without 0x. */
  public List<String> arguments() {
    return arguments;
  }
}
