package io.swarmstream.clients.chain;

import io.swarmstream.schemas.hashing.Hash;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * What two accounts sign to move a membership from one to the other.
 *
 * @param nonce of the member, before the move
 */
public record RotationText(
    long chainId, String swarmMembers, String previousAccount, long nonce, String account) {
  private static final String TAG = "swarmstream rotation";

  public RotationText {
    swarmMembers = ChainOptions.checkedAddress("swarmMembers", swarmMembers);
    previousAccount = ChainOptions.checkedAddress("previousAccount", previousAccount);
    account = ChainOptions.checkedAddress("account", account);
  }

  /** The hash that both accounts sign, with Ethereum's prefix for personal messages (EIP-191). */
  public Hash digest() {
    return PersonalMessage.digest(
        List.of(
            new Utf8String(TAG),
            new Uint256(chainId),
            new Address(swarmMembers),
            new Address(previousAccount),
            new Uint256(nonce),
            new Address(account)));
  }
}
