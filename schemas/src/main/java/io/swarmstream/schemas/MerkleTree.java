package io.swarmstream.schemas;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree over chunk hashes, shaped and hashed as RFC 6962 §2.1 says: leaf SHA-256(0x00 ‖
 * payload), node SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below the size.
 */
public final class MerkleTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private final List<Hash> leaves;
  private final Hash root;

  private MerkleTree(List<Hash> leaves) {
    this.leaves = leaves;
    this.root = rootOf(leaves);
  }

  /**
   * Builds the tree.
   *
   * @param leaves leaf hashes in the order of the chunks, at least one
   */
  public static MerkleTree of(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("a Merkle tree needs at least one leaf");
    }
    return new MerkleTree(List.copyOf(leaves));
  }

  /** The leaf hash of a payload: a chunk's hash. */
  public static Hash leaf(byte[] payload) {
    return Hash.sha256(LEAF, payload);
  }

  public Hash root() {
    return root;
  }

  /** The audit path of a leaf, from the leaf up. */
  public List<Hash> proof(int index) {
    if (index < 0 || index >= leaves.size()) {
      throw new IndexOutOfBoundsException("leaf " + index + " of " + leaves.size());
    }
    List<Hash> path = new ArrayList<>();
    collectProof(leaves, index, path);
    return List.copyOf(path);
  }

  /**
   * Whether the path leads from the leaf at this index, in a tree of this many leaves, to the root.
   */
  public static boolean proves(Hash leaf, int index, int count, List<Hash> proof, Hash root) {
    if (index < 0 || index >= count) {
      return false;
    }
    Hash hash = leaf;
    int node = index;
    int last = count - 1;
    for (Hash sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Hash.sha256(NODE, sibling.bytes(), hash.bytes());
        // A right edge without a sibling on its level was carried up unhashed; skip those levels.
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hash.sha256(NODE, hash.bytes(), sibling.bytes());
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  private static Hash rootOf(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    Hash left = rootOf(leaves.subList(0, split));
    Hash right = rootOf(leaves.subList(split, leaves.size()));
    return Hash.sha256(NODE, left.bytes(), right.bytes());
  }

  private static void collectProof(List<Hash> leaves, int index, List<Hash> path) {
    if (leaves.size() == 1) {
      return;
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    List<Hash> left = leaves.subList(0, split);
    List<Hash> right = leaves.subList(split, leaves.size());
    if (index < split) {
      collectProof(left, index, path);
      path.add(rootOf(right));
    } else {
      collectProof(right, index - split, path);
      path.add(rootOf(left));
    }
  }
}
