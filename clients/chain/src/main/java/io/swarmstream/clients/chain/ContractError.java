package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The custom errors of the smart contracts, each with its message. */
enum ContractError {
  CONTRACT_ALREADY_EXISTS(
      "ContractAlreadyExists(bytes32,string,address)",
      "contract \"{1}\" exists already and belongs to {2}; choose another name"),
  UNKNOWN_CONTRACT(
      "UnknownContract(bytes32)",
      "there is no such contract (id {0}); check the name and the network, or create it first"),
  LENGTH_OUT_OF_RANGE(
      "LengthOutOfRange(string,uint256,uint256)", "{0} has {1} bytes; it takes 1 to {2}"),
  NUMBER_OUT_OF_RANGE(
      "NumberOutOfRange(string,uint256,uint256,uint256)", "{0} is {1}; it goes from {2} to {3}"),
  ZERO_ADDRESS("ZeroAddress(string)", "{0} is the zero address; name an account"),
  LAYOUT_MISMATCH(
      "LayoutMismatch(bytes32,bytes32)",
      "the terms' layoutHash is {0}, the layout's text hashes to {1}; hash the text that you send"),
  NOT_OWNER(
      "NotOwner(bytes32,address,address)",
      "{1} does not own the contract; sign with the key of its owner {2}"),
  SITE_ALREADY_ENROLLED(
      "SiteAlreadyEnrolled(bytes32,address)",
      "site {1} is enrolled already; remove it first to change its name or weight"),
  SITE_NAME_TAKEN(
      "SiteNameTaken(bytes32,string)",
      "another site of the contract is named \"{1}\"; choose another name"),
  SITE_NOT_ENROLLED("SiteNotEnrolled(bytes32,address)", "site {1} is not enrolled"),
  TOO_MANY_SITES(
      "TooManySites(bytes32,uint256)", "the contract has {1} sites, the most there can be"),
  ROUND_ALREADY_ANCHORED(
      "RoundAlreadyAnchored(bytes32,uint64,bytes32,bytes32,bytes32,bytes32)",
      // Solidity signs the two structs as tuples; their members decode one after the other.
      "RoundAlreadyAnchored(bytes32,uint64,(bytes32,bytes32),(bytes32,bytes32))",
      "round {1} is anchored with record {2} and model {3}, which are not record {4} and model"
          + " {5}; look for a second coordinator"),
  ROUND_OUT_OF_ORDER(
      "RoundOutOfOrder(bytes32,uint64,uint64)",
      "round {1} is out of order; round {2} has to be anchored first"),
  NOT_COORDINATOR(
      "NotCoordinator(bytes32,address,address)",
      "{1} may not anchor this contract's rounds; sign with the key of its coordinator {2}"),
  ZERO_HASH("ZeroHash(string)", "{0} is zero; send the hash itself");

  private static final int SELECTOR_DIGITS = 8;

  private final String selector;
  private final String solidityName;
  private final String types;
  private final String template;

  ContractError(String signature, String template) {
    this(signature, signature, template);
  }

  ContractError(String flatSignature, String signature, String template) {
    int open = flatSignature.indexOf('(');
    this.solidityName = flatSignature.substring(0, open);
    this.types = flatSignature.substring(open + 1, flatSignature.length() - 1);
    this.selector =
        Numeric.toHexStringNoPrefix(Hash.sha3(signature.getBytes(UTF_8)))
            .substring(0, SELECTOR_DIGITS);
    this.template = template;
  }

  /**
   * The error with this selector, its first four bytes as 8 hex digits; null when it is not ours.
   */
  static @Nullable ContractError ofSelector(String selector) {
    for (ContractError error : values()) {
      if (error.selector.equalsIgnoreCase(selector)) {
        return error;
      }
    }
    return null;
  }

  String selector() {
    return selector;
  }

  String solidityName() {
    return solidityName;
  }

  @SuppressWarnings("rawtypes") // the type that web3j's decoder takes
  List<TypeReference<Type>> parameters() {
    return Arrays.stream(types.split(",", -1)).map(ContractError::reference).toList();
  }

  String sentence(List<String> arguments) {
    String sentence = template;
    for (int i = 0; i < arguments.size(); i++) {
      sentence = sentence.replace("{" + i + "}", arguments.get(i));
    }
    return sentence;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // web3j returns raw types
  private static TypeReference<Type> reference(String type) {
    try {
      return TypeReference.makeTypeReference(type);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("web3j knows no Solidity type " + type, e);
    }
  }
}
