package io.swarmstream.shell.swarm;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.ReloadingTls;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reaches the swarm with a member's certificate and account. Safe for use by many threads. */
public final class MemberSwarms implements SwarmOpener, AutoCloseable {
  private final ShellMember member;
  private final ReloadingTls tls;
  private final NetworkClient anyNode;
  private final Map<URI, Swarm> swarms = new HashMap<>();
  private final List<ChainClient> chains = new ArrayList<>();

  public MemberSwarms(ShellMember member) {
    this.member = member;
    this.tls = ReloadingTls.of(member.identity());
    this.anyNode = new NetworkClient(member.nodes(), tls);
  }

  /** The swarm's members, from any network node that the member knows. */
  public List<MemberInfo> members() {
    return anyNode.members();
  }

  @Override
  public synchronized Swarm open(URI node) {
    return swarms.computeIfAbsent(node, this::connect);
  }

  private Swarm connect(URI node) {
    // Others of the same swarm stand in for transactions, not for what the context says of a node.
    String rpc =
        Stream.concat(Stream.of(node), member.nodes().stream())
            .distinct()
            .map(url -> url + "/rpc")
            .collect(Collectors.joining(","));
    ChainOptions own = member.chain();
    ChainClient chain = ChainClient.signing(own.withRpcUrl(rpc), member.account());
    chains.add(chain);
    return new ConnectedSwarm(new NetworkClient(List.of(node), tls), chain);
  }

  @Override
  public synchronized void close() {
    chains.forEach(ChainClient::close);
    chains.clear();
    swarms.clear();
  }
}
