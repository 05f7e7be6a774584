package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.swarmstream.schemas.hashing.Hash;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Type;
import org.web3j.utils.Numeric;

/** Hashes values as {@code keccak256(abi.encode(...))} with the prefix of EIP-191. */
final class PersonalMessage {
  private static final byte[] PREFIX = "\u0019Ethereum Signed Message:\n32".getBytes(US_ASCII);

  private PersonalMessage() {}

  @SuppressWarnings("rawtypes") // the list type that web3j uses
  static Hash digest(List<Type> values) {
    byte[] hash =
        org.web3j.crypto.Hash.sha3(
            Numeric.hexStringToByteArray(FunctionEncoder.encodeConstructor(values)));
    byte[] message = new byte[PREFIX.length + hash.length];
    System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
    System.arraycopy(hash, 0, message, PREFIX.length, hash.length);
    return Hash.ofHex(Numeric.toHexStringNoPrefix(org.web3j.crypto.Hash.sha3(message)));
  }
}
