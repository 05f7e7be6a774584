package io.swarmstream.clients.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.Response;
import org.web3j.utils.Numeric;

/** Turns a node's report of a revert into a message. */
final class Refusals {
  /** The revert data: a four-byte selector and the arguments. Nodes wrap it differently. */
  private static final Pattern DATA = Pattern.compile("0x(?:[0-9a-fA-F]{2}){4,}");

  /** What geth, anvil, Besu and Erigon answer to a revert. */
  private static final Pattern REVERTED = Pattern.compile("revert", Pattern.CASE_INSENSITIVE);

  /** What the same nodes answer when a transaction exceeds a limit or the account's balance. */
  private static final Pattern LIMIT =
      Pattern.compile(
          "out of gas|intrinsic gas|gas limit|gas required exceeds|oversized|too large|exceeds max|size exceed"
              + "|insufficient funds|insufficient balance",
          Pattern.CASE_INSENSITIVE);

  /** How web3j reports HTTP's "content too large". Other HTTP errors may be temporary. */
  private static final Pattern HTTP_REFUSED = Pattern.compile("Invalid response received: 413");

  private static final String WAY_OUT =
      "; sending it again does not help: see to the account's balance, the node's limits, or the model's size";

  private static final int SELECTOR_DIGITS = 8;

  private static final int LONGEST_MESSAGE = 300;

  private Refusals() {}

  static ChainException explain(String what, String place, Response.Error error) {
    String data = error.getData();
    Matcher hex = DATA.matcher(data == null ? "" : data);
    if (hex.find()) {
      return explain(what, hex.group());
    }
    if (REVERTED.matcher(String.valueOf(error.getMessage())).find()) {
      return unexplained(what, error.getMessage());
    }
    String message =
        "could not "
            + what
            + ": the node at "
            + place
            + " said \""
            + shortened(String.valueOf(error.getMessage()))
            + "\" (code "
            + error.getCode()
            + ")";
    return LIMIT.matcher(String.valueOf(error.getMessage())).find()
        ? new ChainLimitException(message + WAY_OUT, null)
        : new ChainException(message);
  }

  /** The error when a retry cannot change the answer; null when the failure may be temporary. */
  static @Nullable ChainException ofHttp(String what, String place, IOException failure) {
    if (!HTTP_REFUSED.matcher(String.valueOf(failure.getMessage())).find()) {
      return null;
    }
    return new ChainLimitException(
        "could not "
            + what
            + ": the node at "
            + place
            + " takes no request of this size (HTTP status 413)"
            + WAY_OUT,
        failure);
  }

  private static ChainRefusalException explain(String what, String data) {
    String digits = Numeric.cleanHexPrefix(data);
    ContractError error = ContractError.ofSelector(digits.substring(0, SELECTOR_DIGITS));
    if (error == null) {
      return unexplained(what, "revert data " + data);
    }
    List<String> arguments = new ArrayList<>();
    for (Type<?> value :
        FunctionReturnDecoder.decode(digits.substring(SELECTOR_DIGITS), error.parameters())) {
      arguments.add(text(value));
    }
    return new ChainRefusalException(
        "could not " + what + ": " + error.sentence(arguments), error.solidityName(), arguments);
  }

  private static ChainRefusalException unexplained(String what, @Nullable String reason) {
    return new ChainRefusalException(
        "could not "
            + what
            + ": the smart contract refused without a reason known here ("
            + reason
            + "); check that the contracts' addresses are those of this version",
        "",
        List.of());
  }

  /** Shortens the text, because some nodes repeat the whole transaction. */
  private static String shortened(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
  }

  private static String text(Type<?> value) {
    return value.getValue() instanceof byte[] bytes
        ? Numeric.toHexStringNoPrefix(bytes)
        : String.valueOf(value.getValue());
  }
}
