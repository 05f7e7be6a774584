package io.swarmstream.network.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the peers of a geth equal to a given set: it dials them (static) and lets them dial in
 * (trusted). The set is also in geth's configuration, so that it survives a restart.
 */
final class ChainPeers {
  private static final Pattern ENODE = Pattern.compile("enode://([0-9a-f]{128})@");

  private final RpcCalls node;
  private final GethFolder folder;
  private final String ownId;

  /** Peers that geth knows, with the addresses it was given, by id. */
  private final Map<String, Enode> known = new HashMap<>();

  ChainPeers(RpcCalls node, GethFolder folder, String ownId) throws IOException {
    this.node = node;
    this.folder = folder;
    this.ownId = ownId;
    GethConfig.peers(folder).forEach(peer -> known.put(peer.id(), peer));
  }

  /**
   * Adds and removes peers. Repeating it does no harm and finds hosts that have a new address.
   *
   * @param wanted all peers; this node itself is ignored
   * @param mayRemove whether those that are not wanted go
   */
  synchronized void reconcile(Collection<Enode> wanted, boolean mayRemove) throws IOException {
    Map<String, Enode> next = mayRemove ? new HashMap<>() : new HashMap<>(known);
    for (Enode peer : wanted) {
      if (!peer.id().equals(ownId)) {
        resolved(peer).ifPresent(found -> next.put(found.id(), found));
      }
    }
    // Written first: a geth that restarts meanwhile reads it.
    GethConfig.write(folder, next.values());
    for (Enode peer : known.values()) {
      if (!peer.equals(next.get(peer.id()))) {
        remove(peer.url());
      }
    }
    known.clear();
    known.putAll(next);
    for (Enode peer : known.values()) {
      // geth does nothing when it knows the peer, and may have restarted since the last time.
      node.call("admin_addTrustedPeer", peer.url());
      node.call("admin_addPeer", peer.url());
    }
    for (JsonNode peer : node.call("admin_peers")) {
      if (!known.containsKey(id(peer))) {
        remove(peer.path("enode").asText());
      }
    }
  }

  private void remove(String url) throws IOException {
    node.call("admin_removeTrustedPeer", url);
    node.call("admin_removePeer", url);
  }

  /** The peer's address, or its last one while the name cannot be resolved. geth ends at a name. */
  private Optional<Enode> resolved(Enode peer) {
    try {
      return Optional.of(peer.resolved());
    } catch (UnknownHostException e) {
      return Optional.ofNullable(known.get(peer.id()));
    }
  }

  /** The ids of the peers that are connected now. */
  Set<String> connected() throws IOException {
    Set<String> ids = new HashSet<>();
    node.call("admin_peers").forEach(peer -> ids.add(id(peer)));
    return ids;
  }

  /** The address of a peer that has dialled in is of no use: its port is any. */
  private static String id(JsonNode peer) {
    Matcher enode = ENODE.matcher(peer.path("enode").asText());
    return enode.lookingAt() ? enode.group(1) : "";
  }
}
