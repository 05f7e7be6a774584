package io.swarmstream.network.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainCircleTest {
  private static final ChainPeer SELF = peer("org-a", 1);
  private static final ChainPeer B = peer("org-b", 2);
  private static final ChainPeer C = peer("org-c", 3);

  @TempDir Path path;

  private final FakeGeth geth = new FakeGeth();
  private GethFolder folder;
  private ChainCircle circle;

  @BeforeEach
  void prepare() throws IOException {
    folder = GethFolder.open(path);
    circle = circle();
    geth.signers.add(SELF.sealer());
  }

  private ChainCircle circle() throws IOException {
    RpcCalls calls = new RpcCalls(geth);
    return new ChainCircle(
        new ChainPeers(calls, folder, SELF.enode().id()), new Sealers(calls), SELF.sealer(), true);
  }

  private static ChainPeer peer(String name, int number) {
    Enode enode = new Enode(String.format("%0128x", number), "127.0.0.1", 30300 + number);
    return new ChainPeer(name, enode, String.format("0x%040x", number));
  }

  @Test
  void dialsAndTrustsTheOthersButNotItself() throws IOException {
    circle.reconcile(List.of(SELF, B, C), true);
    assertThat(geth.dialled).containsExactly(B.enode().url(), C.enode().url());
    assertThat(geth.trusted).isEqualTo(geth.dialled);
    assertThat(GethConfig.peers(folder)).containsExactly(B.enode(), C.enode());
  }

  @Test
  void removesWhoIsNoMemberAnyMore() throws IOException {
    circle.reconcile(List.of(SELF, B, C), true);
    geth.connected.add(B.enode().url());
    geth.connected.add(C.enode().url());
    circle.reconcile(List.of(SELF, C), true);
    assertThat(geth.dialled).containsExactly(C.enode().url());
    assertThat(geth.trusted).containsExactly(C.enode().url());
    assertThat(geth.connected).containsExactly(C.enode().url());
    assertThat(GethConfig.peers(folder)).containsExactly(C.enode());
  }

  @Test
  void removesWhatItsConfigurationKnewBeforeARestart() throws IOException {
    circle.reconcile(List.of(SELF, B), true);
    circle().reconcile(List.of(SELF, C), true);
    assertThat(geth.dialled).containsExactly(C.enode().url());
  }

  @Test
  void disconnectsWhoConnectedOtherwise() throws IOException {
    String inbound = "enode://" + "ab".repeat(64) + "@[::1]:50123";
    geth.connected.add(inbound);
    circle.reconcile(List.of(SELF, B), true);
    assertThat(geth.connected).isEmpty();
  }

  /** It may be a newer member from whom it has to learn the newer blocks. */
  @Test
  void removesNobodyAndVotesForNothingWhileItsChainIsOld() throws IOException {
    circle.connect(List.of(C.enode()));
    geth.connected.add(B.enode().url());
    circle.reconcile(List.of(SELF, B), false);
    assertThat(geth.dialled).containsExactly(B.enode().url(), C.enode().url());
    assertThat(geth.votes).isEmpty();
    circle.reconcile(List.of(SELF, B), true);
    assertThat(geth.dialled).containsExactly(B.enode().url());
    assertThat(geth.votes).containsExactly("true " + B.sealer());
  }

  @Test
  void findsAPeerAtItsNewAddress() throws IOException {
    circle.reconcile(List.of(B), true);
    ChainPeer moved = new ChainPeer("org-b", new Enode(B.enode().id(), "127.0.0.2", 1), B.sealer());
    circle.reconcile(List.of(moved), true);
    assertThat(geth.dialled).containsExactly(moved.enode().url());
  }

  @Test
  void keepsTheLastAddressWhileANameCannotBeResolved() throws IOException {
    circle.reconcile(List.of(B), true);
    Enode lost = new Enode(B.enode().id(), "no-such-host.invalid", 1);
    Enode unknown = new Enode(C.enode().id(), "no-such-host.invalid", 1);
    circle.reconcile(
        List.of(
            new ChainPeer("org-b", lost, B.sealer()), new ChainPeer("org-c", unknown, C.sealer())),
        true);
    assertThat(geth.dialled).containsExactly(B.enode().url());
  }

  @Test
  void votesForMembersThatAreThereAndAgainstOthers() throws IOException {
    ChainPeer gone = peer("gone", 9);
    geth.signers.add(gone.sealer());
    geth.connected.add(B.enode().url());
    circle.reconcile(List.of(SELF, B, C), true);
    assertThat(geth.votes)
        .containsExactlyInAnyOrder("true " + B.sealer(), "false " + gone.sealer());
    // The same again: no second vote.
    circle.reconcile(List.of(SELF, B, C), true);
    assertThat(geth.votes).hasSize(2);
  }

  @Test
  void takesBackVotesThatAreDoneOrNoLongerWanted() throws IOException {
    geth.signers.add(B.sealer());
    geth.proposals.put(B.sealer(), true); // done
    geth.proposals.put(C.sealer(), true); // no member
    circle.reconcile(List.of(SELF, B), true);
    assertThat(geth.votes)
        .containsExactlyInAnyOrder("discard " + B.sealer(), "discard " + C.sealer());
  }

  @Test
  void turnsAVoteRound() throws IOException {
    geth.signers.add(B.sealer());
    geth.proposals.put(B.sealer(), true);
    circle.reconcile(List.of(SELF, C), true);
    assertThat(geth.proposals).containsEntry(B.sealer(), false);
  }

  @Test
  void neverVotesOutTheLastOneThatIsThere() throws IOException {
    circle.reconcile(List.of(B), true);
    circle.reconcile(List.of(), true);
    assertThat(geth.votes).isEmpty();
    geth.signers.add(B.sealer());
    geth.connected.add(B.enode().url());
    circle.reconcile(List.of(B), true);
    assertThat(geth.votes).containsExactly("false " + SELF.sealer());
  }

  @Test
  void namesWhomAHaltedChainWaitsFor() throws IOException {
    geth.signers.addAll(List.of(B.sealer(), C.sealer(), peer("?", 7).sealer()));
    circle.reconcile(List.of(SELF, B, C), true);
    geth.connected.add(B.enode().url());
    ChainHealth health = circle.health(12, Duration.ofSeconds(11), true);
    assertThat(health.state()).isEqualTo(ChainHealth.State.HALTED);
    assertThat(health.message())
        .isEqualTo(
            "no new block for 11 s after block 12: 2 of 4 sealers are connected, and 3 are needed;"
                + " waiting for org-c (127.0.0.1:30303), the unknown node that seals as "
                + peer("?", 7).sealer());
    assertThat(circle.health(12, Duration.ZERO, false).message())
        .startsWith("block 12, 2 of 4 sealers are connected; not connected: org-c");
  }

  @Test
  void saysWhenEnoughAreThereAndNoneSeals() throws IOException {
    assertThat(circle.health(0, Duration.ofSeconds(11), true).message())
        .contains("1 of 1 sealers are connected, which is enough")
        .contains("geth.log of this node");
  }

  @Test
  void majoritiesAreCliques() {
    List<Integer> needed = new ArrayList<>();
    for (int sealers = 1; sealers <= 6; sealers++) {
      needed.add(Sealers.needed(sealers));
    }
    assertThat(needed).containsExactly(1, 2, 2, 3, 3, 4);
  }
}
