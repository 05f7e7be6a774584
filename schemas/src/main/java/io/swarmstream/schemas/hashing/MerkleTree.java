package io.swarmstream.schemas.hashing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree over chunk hashes, as RFC 6962 §2.1 defines it: leaf SHA-256(0x00 ‖ data), node
 * SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below the size. {@link
 * PayloadHash} makes the leaves.
 */
public final class MerkleTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  /**
   * The levels from the leaves up to the root. A last node without a sibling moves up unchanged,
   * which gives the same tree as the split at powers of two.
   */
  private final List<List<Hash>> levels;

  private MerkleTree(List<List<Hash>> levels) {
    this.levels = levels;
  }

  /**
   * Builds the tree.
   *
   * @param leaves leaf hashes in chunk order, at least one
   */
  public static MerkleTree of(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("a Merkle tree needs at least one leaf");
    }
    List<List<Hash>> levels = new ArrayList<>();
    levels.add(List.copyOf(leaves));
    for (List<Hash> level = levels.get(0); level.size() > 1; ) {
      level = parents(level);
      levels.add(level);
    }
    return new MerkleTree(levels);
  }

  /** Returns the leaf hash of data. */
  static Hash leafOf(byte[] data) {
    return Hash.sha256(LEAF, data);
  }

  /** Returns the leaf hash of a buffer's remaining bytes, and leaves its position unchanged. */
  static Hash leafOf(ByteBuffer data) {
    return Hash.sha256(LEAF, data);
  }

  public Hash root() {
    return levels.get(levels.size() - 1).get(0);
  }

  /** Returns the leaf hash at an index. */
  public Hash leaf(int index) {
    return levels.get(0).get(index);
  }

  /** Returns the audit path of a leaf, from the leaf upwards. */
  public List<Hash> proof(int index) {
    int count = levels.get(0).size();
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("leaf " + index + " of " + count);
    }
    List<Hash> path = new ArrayList<>();
    int node = index;
    for (List<Hash> level : levels) {
      int sibling = node ^ 1;
      if (sibling < level.size()) {
        path.add(level.get(sibling));
      }
      node >>= 1;
    }
    return List.copyOf(path);
  }

  /**
   * Whether the path leads from the leaf at this index, in a tree of this many leaves, to the root.
   *
   * <p>The count has to come from a trusted source: the contract's terms or a signed record. If a
   * leaf takes the same turns on its way up in trees of two sizes, its path cannot distinguish
   * them.
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
        hash = parent(sibling, hash);
        // A right edge without a sibling on its level moved up unhashed; skip those levels.
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = parent(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  private static List<Hash> parents(List<Hash> level) {
    List<Hash> parents = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i + 1 < level.size(); i += 2) {
      parents.add(parent(level.get(i), level.get(i + 1)));
    }
    if (level.size() % 2 == 1) {
      parents.add(level.get(level.size() - 1));
    }
    return parents;
  }

  private static Hash parent(Hash left, Hash right) {
    return Hash.sha256(NODE, left.bytes(), right.bytes());
  }
}
