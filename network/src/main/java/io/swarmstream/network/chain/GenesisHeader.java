package io.swarmstream.network.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/** The header of block 0 (Yellow Paper, §4.3; extra data as in EIP-225). */
final class GenesisHeader {
  private static final int VANITY_DIGITS = 64;
  private static final int SEAL_DIGITS = 130;
  private static final int ADDRESS_DIGITS = 40;
  private static final int BLOOM_BYTES = 256;
  private static final byte[] NO_UNCLES = Hash.sha3(new byte[] {(byte) 0xc0});

  private GenesisHeader() {}

  static String hash(GenesisFile genesis) {
    List<RlpType> fields = new ArrayList<>();
    fields.add(RlpString.create(new byte[32])); // parent
    fields.add(RlpString.create(NO_UNCLES));
    fields.add(RlpString.create(new byte[20])); // beneficiary
    fields.add(RlpString.create(StateRoot.of(genesis.balances())));
    fields.add(RlpString.create(StateRoot.EMPTY)); // transactions
    fields.add(RlpString.create(StateRoot.EMPTY)); // receipts
    fields.add(RlpString.create(new byte[BLOOM_BYTES]));
    fields.add(RlpString.create(BigInteger.ONE)); // difficulty
    fields.add(RlpString.create(BigInteger.ZERO)); // number
    fields.add(RlpString.create(BigInteger.valueOf(GenesisFile.GAS_LIMIT)));
    fields.add(RlpString.create(BigInteger.ZERO)); // gas used
    fields.add(RlpString.create(BigInteger.valueOf(genesis.timestamp())));
    fields.add(RlpString.create(Numeric.hexStringToByteArray(extraData(genesis))));
    fields.add(RlpString.create(new byte[32])); // mix hash
    fields.add(RlpString.create(new byte[8])); // nonce
    fields.add(RlpString.create(BigInteger.ZERO)); // base fee
    return Numeric.toHexString(Hash.sha3(RlpEncoder.encode(new RlpList(fields))));
  }

  /**
   * The sealers in ascending order, between 32 bytes that are free and 65 of zeros for a signature.
   * The free ones are a hash of the rules, which the hash of the header would not cover otherwise:
   * nodes with the same block 0 have the same rules.
   */
  static String extraData(GenesisFile genesis) {
    String rules =
        "swarmstream/genesis/v1 chainId="
            + genesis.chainId()
            + " period="
            + genesis.periodSeconds()
            + " epoch="
            + GenesisFile.EPOCH_BLOCKS;
    StringBuilder hex = new StringBuilder(Hash.sha3String(rules));
    genesis.sealers().forEach(sealer -> hex.append(sealer, 2, 2 + ADDRESS_DIGITS));
    return hex.append("0".repeat(SEAL_DIGITS)).toString();
  }

  static List<String> sealers(String extraData) {
    List<String> sealers = new ArrayList<>();
    int end = extraData.length() - SEAL_DIGITS;
    for (int at = 2 + VANITY_DIGITS; at + ADDRESS_DIGITS <= end; at += ADDRESS_DIGITS) {
      sealers.add("0x" + extraData.substring(at, at + ADDRESS_DIGITS));
    }
    return sealers;
  }
}
