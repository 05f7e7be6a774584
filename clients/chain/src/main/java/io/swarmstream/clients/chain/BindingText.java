package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SiteKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/**
 * What an account signs to say that a certificate's key, or a SPIFFE id, is its own. SwarmMembers
 * checks it.
 *
 * @param chainId of the chain that SwarmMembers is on
 * @param swarmMembers address of SwarmMembers
 * @param account that signs
 * @param nonce the member's nonce; 0 for an account that was never a member
 * @param keyHash 64 hex digits; empty: only a SPIFFE id is bound
 * @param spiffeId empty: only a key is bound
 */
public record BindingText(
    long chainId,
    String swarmMembers,
    String account,
    long nonce,
    String keyHash,
    String spiffeId) {
  private static final String TAG = "swarmstream binding";

  public BindingText {
    swarmMembers = ChainOptions.checkedAddress("swarmMembers", swarmMembers);
    account = ChainOptions.checkedAddress("account", account);
  }

  /**
   * The first binding of an account, of a newcomer: to its SPIFFE id if its certificate has one,
   * else to the certificate's key.
   *
   * @param spiffeId null: the certificate has none
   */
  public static BindingText first(
      long chainId,
      String swarmMembers,
      String account,
      String keyHash,
      @Nullable String spiffeId) {
    return new BindingText(
        chainId,
        swarmMembers,
        account,
        0,
        spiffeId == null ? keyHash : "",
        spiffeId == null ? "" : spiffeId);
  }

  /** The hash that is signed, with Ethereum's prefix for personal messages (EIP-191). */
  public Hash digest() {
    return PersonalMessage.digest(
        List.of(
            new Utf8String(TAG),
            new Uint256(chainId),
            new Address(swarmMembers),
            new Address(account),
            new Uint256(nonce),
            new Bytes32(MemberValues.bytes32(keyHash)),
            new Bytes32(org.web3j.crypto.Hash.sha3(spiffeId.getBytes(UTF_8)))));
  }

  /**
   * Signs the text.
   *
   * @throws IllegalArgumentException when the key is not the account's
   */
  public SignedBinding signedBy(SiteKey key) {
    if (!key.address().equals(account)) {
      throw new IllegalArgumentException(
          "the binding is that of " + account + ", the key is that of " + key.address());
    }
    return new SignedBinding(
        account, keyHash, spiffeId, Numeric.toHexStringNoPrefix(key.sign(digest())));
  }

  /** Whether a binding is this one and the account has signed it. */
  public boolean isSignedIn(SignedBinding binding) {
    return binding.account().equalsIgnoreCase(account)
        && binding.keyHash().equals(keyHash)
        && binding.spiffeId().equals(spiffeId)
        && SiteKey.signer(digest(), Numeric.hexStringToByteArray(binding.signature()))
            .filter(account::equals)
            .isPresent();
  }
}
