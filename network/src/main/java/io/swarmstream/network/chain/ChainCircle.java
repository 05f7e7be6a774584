package io.swarmstream.network.chain;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The nodes that make one chain together, seen from one of them. */
final class ChainCircle {
  private final ChainPeers peers;
  private final Sealers sealers;
  private final String ownSealer;
  private final boolean isSealing;
  private volatile List<ChainPeer> members = List.of();

  ChainCircle(ChainPeers peers, Sealers sealers, String ownSealer, boolean isSealing) {
    this.peers = peers;
    this.sealers = sealers;
    this.ownSealer = ownSealer;
    this.isSealing = isSealing;
  }

  /**
   * Makes these, with this node, the only peers, and votes for their sealers.
   *
   * @param isCurrent whether the chain, which says who the members are, is up to date here. Peers
   *     are only added otherwise, since it may be the newer ones that this node has to learn from
   */
  void reconcile(Collection<ChainPeer> wanted, boolean isCurrent) throws IOException {
    members = List.copyOf(wanted);
    peers.reconcile(wanted.stream().map(ChainPeer::enode).toList(), isCurrent);
    if (!isCurrent) {
      return;
    }
    Set<String> allowed = new TreeSet<>();
    members.forEach(member -> allowed.add(member.sealer()));
    sealers.reconcile(allowed, reachable());
  }

  /** Adds peers. */
  void connect(Collection<Enode> nodes) throws IOException {
    peers.reconcile(nodes, false);
  }

  /** Sealers whose nodes are connected, and this one. */
  private Set<String> reachable() throws IOException {
    Set<String> connected = peers.connected();
    Set<String> reachable = new TreeSet<>();
    members.stream()
        .filter(member -> connected.contains(member.enode().id()))
        .forEach(member -> reachable.add(member.sealer()));
    if (isSealing) {
      reachable.add(ownSealer);
    }
    return reachable;
  }

  /** Whether the chain goes on, and whom it waits for otherwise. */
  ChainHealth health(long block, Duration sinceLastBlock, boolean isHalted) throws IOException {
    Set<String> present = sealers.present();
    Set<String> there = reachable();
    List<String> missing = new ArrayList<>(present);
    missing.removeAll(there);
    int count = present.size() - missing.size();
    String numbers = count + " of " + present.size() + " sealers are connected";
    if (!isHalted) {
      String rest = missing.isEmpty() ? "" : "; not connected: " + named(missing);
      return new ChainHealth(
          ChainHealth.State.HEALTHY, block, "block " + block + ", " + numbers + rest);
    }
    String halt =
        "no new block for " + sinceLastBlock.toSeconds() + " s after block " + block + ": ";
    int needed = Sealers.needed(present.size());
    String reason =
        count < needed
            ? numbers + ", and " + needed + " are needed; waiting for " + named(missing)
            : numbers
                + ", which is enough, but none makes a block; see geth.log of "
                + named(present);
    return new ChainHealth(ChainHealth.State.HALTED, block, halt + reason);
  }

  private String named(Collection<String> accounts) {
    Map<String, String> names = new TreeMap<>();
    members.forEach(member -> names.put(member.sealer(), member.toString()));
    return accounts.stream()
        .map(
            account ->
                account.equals(ownSealer)
                    ? "this node"
                    : names.getOrDefault(account, "the unknown node that seals as " + account))
        .collect(joining(", "));
  }
}
