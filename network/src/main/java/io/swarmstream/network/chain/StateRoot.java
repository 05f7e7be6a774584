package io.swarmstream.network.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/**
 * The root of Ethereum's state trie for accounts that have nothing but a balance (Yellow Paper,
 * appendix D).
 *
 * <p>Every node takes 32 bytes or more here, because a leaf holds a whole account, so that parents
 * always refer to it by its hash.
 */
final class StateRoot {
  private static final int CHILDREN = 16;
  private static final byte[] EMPTY_CODE = Hash.sha3(new byte[0]);

  /** Root of a trie without entries. */
  static final byte[] EMPTY = Hash.sha3(new byte[] {(byte) 0x80});

  private StateRoot() {}

  /**
   * Returns the root.
   *
   * @param balances wei by address
   */
  static byte[] of(Map<String, BigInteger> balances) {
    SortedMap<String, byte[]> leaves = new TreeMap<>();
    balances.forEach(
        (address, balance) ->
            leaves.put(
                Numeric.toHexStringNoPrefix(Hash.sha3(Numeric.hexStringToByteArray(address))),
                account(balance)));
    return leaves.isEmpty() ? EMPTY : node(leaves, 0);
  }

  private static byte[] account(BigInteger balance) {
    return RlpEncoder.encode(
        new RlpList(
            RlpString.create(BigInteger.ZERO),
            RlpString.create(balance),
            RlpString.create(EMPTY),
            RlpString.create(EMPTY_CODE)));
  }

  /** Hash of the node for leaves that have their first nibbles in common. */
  private static byte[] node(SortedMap<String, byte[]> leaves, int depth) {
    String first = leaves.firstKey();
    if (leaves.size() == 1) {
      return hash(path(first.substring(depth), true), RlpString.create(leaves.get(first)));
    }
    int fork = depth;
    while (first.charAt(fork) == leaves.lastKey().charAt(fork)) {
      fork++;
    }
    byte[] branch = branch(leaves, fork);
    return fork == depth
        ? branch
        : hash(path(first.substring(depth, fork), false), RlpString.create(branch));
  }

  private static byte[] branch(SortedMap<String, byte[]> leaves, int fork) {
    String common = leaves.firstKey().substring(0, fork);
    List<RlpType> entries = new ArrayList<>();
    for (int nibble = 0; nibble < CHILDREN; nibble++) {
      String start = common + Character.forDigit(nibble, CHILDREN);
      // 'g' follows all hex digits.
      SortedMap<String, byte[]> below = leaves.subMap(start, start + "g");
      entries.add(RlpString.create(below.isEmpty() ? new byte[0] : node(below, fork + 1)));
    }
    entries.add(RlpString.create(new byte[0]));
    return hash(entries.toArray(RlpType[]::new));
  }

  /** Hex-prefix encoding. */
  private static RlpType path(String nibbles, boolean isLeaf) {
    int flag = isLeaf ? 2 : 0;
    String prefix = nibbles.length() % 2 == 0 ? flag + "0" : Integer.toString(flag + 1);
    return RlpString.create(Numeric.hexStringToByteArray(prefix + nibbles));
  }

  private static byte[] hash(RlpType... entries) {
    return Hash.sha3(RlpEncoder.encode(new RlpList(entries)));
  }
}
