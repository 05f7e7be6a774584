package io.swarmstream.schemas.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.wire.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MerkleTreeTest {
  private static final Hash STRANGER = Hash.sha256("stranger".getBytes(UTF_8));

  static IntStream sizes() {
    return IntStream.rangeClosed(1, 40);
  }

  @Test
  void leafOfNothingIsTheHashOfItsPrefix() {
    // SHA-256 of the byte 00.
    assertThat(MerkleTree.leafOf(new byte[0]).hex())
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  }

  @Test
  void nodesAreTheHashOfTheirPrefixAndChildren() {
    Hash zero = MerkleTree.leafOf(new byte[0]);

    assertThat(MerkleTree.of(List.of(zero, zero)).root())
        .isEqualTo(Hash.sha256(new byte[] {1}, zero.bytes(), zero.bytes()))
        .isNotEqualTo(MerkleTree.leafOf(new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void rootIsTheDefinitions(int count) {
    assertThat(MerkleTree.of(leaves(count)).root()).isEqualTo(root(leaves(count)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void proofsAreTheDefinitionsAndProve(int count) {
    List<Hash> leaves = leaves(count);
    MerkleTree tree = MerkleTree.of(leaves);
    for (int i = 0; i < count; i++) {
      assertThat(tree.proof(i)).isEqualTo(path(i, leaves));
      assertThat(MerkleTree.proves(leaves.get(i), i, count, tree.proof(i), tree.root())).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void noProofServesAnotherLeafPlaceOrRoot(int count) {
    List<Hash> leaves = leaves(count);
    MerkleTree tree = MerkleTree.of(leaves);
    for (int i = 0; i < count; i++) {
      List<Hash> proof = tree.proof(i);
      for (int other = -1; other <= count; other++) {
        if (other != i) {
          assertThat(MerkleTree.proves(leaves.get(i), other, count, proof, tree.root())).isFalse();
        }
      }
      assertThat(MerkleTree.proves(STRANGER, i, count, proof, tree.root())).isFalse();
      assertThat(MerkleTree.proves(leaves.get(i), i, count, proof, STRANGER)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void noProofSurvivesTampering(int count) {
    List<Hash> leaves = leaves(count);
    MerkleTree tree = MerkleTree.of(leaves);
    for (int i = 0; i < count; i++) {
      for (List<Hash> tampered : tamperings(tree.proof(i))) {
        assertThat(MerkleTree.proves(leaves.get(i), i, count, tampered, tree.root())).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aWrongCountFailsUnlessTheLeafTakesTheSameTurns(int count) {
    List<Hash> leaves = leaves(count);
    MerkleTree tree = MerkleTree.of(leaves);
    for (int i = 0; i < count; i++) {
      for (int other = -1; other <= 80; other++) {
        boolean sameTurns = other > i && turns(i, other).equals(turns(i, count));
        assertThat(MerkleTree.proves(leaves.get(i), i, other, tree.proof(i), tree.root()))
            .as("leaf %d of %d, said to be of %d", i, count, other)
            .isEqualTo(sameTurns);
      }
    }
  }

  @Test
  void proofsOfAWholeContributionAreCheap() {
    MerkleTree tree = MerkleTree.of(leaves(4_069));
    long before = Allocation.bytes();
    for (int i = 0; i < 4_069; i++) {
      assertThat(tree.proof(i)).hasSizeLessThanOrEqualTo(12);
    }
    // Hashing the other half of the tree for each proof would take gigabytes.
    assertThat(Allocation.bytes() - before).isLessThan(64 << 20);
  }

  @Test
  void refusesToProveALeafThatIsNotThere() {
    MerkleTree tree = MerkleTree.of(leaves(3));

    assertThatThrownBy(() -> tree.proof(3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("leaf 3 of 3");
    assertThatThrownBy(() -> tree.proof(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> MerkleTree.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one leaf");
  }

  /** MTH of RFC 6962 §2.1, of leaves hashed already. */
  private static Hash root(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = split(leaves.size());
    return Hash.sha256(
        new byte[] {1},
        root(leaves.subList(0, split)).bytes(),
        root(leaves.subList(split, leaves.size())).bytes());
  }

  /** PATH of RFC 6962 §2.1.1. */
  private static List<Hash> path(int index, List<Hash> leaves) {
    List<Hash> path = new ArrayList<>();
    if (leaves.size() > 1) {
      int split = split(leaves.size());
      List<Hash> left = leaves.subList(0, split);
      List<Hash> right = leaves.subList(split, leaves.size());
      path.addAll(index < split ? path(index, left) : path(index - split, right));
      path.add(root(index < split ? right : left));
    }
    return path;
  }

  /** On which side the siblings on the way up are. */
  private static String turns(int index, int count) {
    if (count == 1) {
      return "";
    }
    int split = split(count);
    return index < split ? turns(index, split) + "r" : turns(index - split, count - split) + "l";
  }

  /** The largest power of two below the size. */
  private static int split(int size) {
    int split = 1;
    while (split * 2 < size) {
      split *= 2;
    }
    return split;
  }

  private static List<List<Hash>> tamperings(List<Hash> proof) {
    List<List<Hash>> tamperings = new ArrayList<>();
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(STRANGER);
    tamperings.add(longer);
    for (int i = 0; i < proof.size(); i++) {
      List<Hash> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      tamperings.add(shorter);
      List<Hash> replaced = new ArrayList<>(proof);
      replaced.set(i, STRANGER);
      tamperings.add(replaced);
      if (i > 0) {
        List<Hash> swapped = new ArrayList<>(proof);
        swapped.set(i, proof.get(i - 1));
        swapped.set(i - 1, proof.get(i));
        tamperings.add(swapped);
      }
    }
    return tamperings;
  }

  private static List<Hash> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> MerkleTree.leafOf(("chunk " + i).getBytes(UTF_8)))
        .toList();
  }
}
