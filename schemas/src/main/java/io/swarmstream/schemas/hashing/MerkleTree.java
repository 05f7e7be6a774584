package io.swarmstream.schemas.hashing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree over chunk hashes, shaped and hashed as RFC 6962 §2.1 says: leaf SHA-256(0x00 ‖
 * payload), node SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below the size.
 */
public final class MerkleTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  /**
   * From the leaves up to the root. A last node without a sibling is carried up as it is, which
   * gives the same tree as the split at powers of two.
   */
  private final List<List<Hash>> levels;

  private MerkleTree(List<List<Hash>> levels) {
    this.levels = levels;
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
    List<List<Hash>> levels = new ArrayList<>();
    levels.add(List.copyOf(leaves));
    for (List<Hash> level = levels.get(0); level.size() > 1; ) {
      level = parents(level);
      levels.add(level);
    }
    return new MerkleTree(levels);
  }

  /** The leaf hash of a payload: a chunk's hash. */
  public static Hash leaf(byte[] payload) {
    return Hash.sha256(LEAF, payload);
  }

  /** The same of the bytes that are left in a buffer, which stays as it is. */
  public static Hash leaf(ByteBuffer payload) {
    return Hash.sha256(LEAF, payload);
  }

  public Hash root() {
    return levels.get(levels.size() - 1).get(0);
  }

  /** The leaf hash at an index. */
  public Hash leaf(int index) {
    return levels.get(0).get(index);
  }

  /** The audit path of a leaf, from the leaf up. */
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
   * <p>The count has to come from a source that is trusted, the contract's terms or a signed
   * record: where two sizes of tree give a leaf the same turns on its way up, its path cannot tell
   * them apart.
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
        // A right edge without a sibling on its level was carried up unhashed; skip those levels.
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
