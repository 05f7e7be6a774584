package io.swarmstream.network.members;

import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.clients.chain.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the chain says of the swarm at one block.
 *
 * @param members all that ever were, removed ones too
 * @param authorities that are not revoked
 * @param nodes that members have announced, and whose members are active
 * @param sites enrolled sites by contract
 */
public record SwarmSnapshot(
    List<Member> members,
    List<Authority> authorities,
    List<NodeRecord> nodes,
    Map<String, List<Enrolment>> sites) {
  /** Kind of the record of a network node. */
  public static final String NETWORK_NODE = "network";

  /** Kind of the record of an organisation's Kafka; its URL is a list of bootstrap servers. */
  public static final String KAFKA = "kafka";

  /** Reads the present state. */
  public static SwarmSnapshot read(ChainClient chain) {
    List<Member> members = chain.members().all();
    Map<String, List<Enrolment>> sites = new TreeMap<>();
    for (String contract : chain.registry().names()) {
      sites.put(contract, chain.registry().sites(contract));
    }
    List<String> active = members.stream().filter(Member::isActive).map(Member::account).toList();
    return new SwarmSnapshot(
        members,
        chain.members().authorities().stream().filter(found -> !found.isRevoked()).toList(),
        chain.members().nodes().stream().filter(node -> active.contains(node.account())).toList(),
        sites);
  }

  public Optional<Member> byAccount(String account) {
    return members.stream().filter(member -> member.account().equals(account)).findFirst();
  }

  /** The member that is not removed and has this name. */
  public Optional<Member> byName(String name) {
    return members.stream()
        .filter(member -> member.name().equals(name) && isPresent(member))
        .findFirst();
  }

  /** The member whose certificate has this key; empty hashes belong to nobody. */
  public Optional<Member> byKey(String keyHash) {
    return members.stream()
        .filter(
            member -> !keyHash.isEmpty() && member.keyHash().equals(keyHash) && isPresent(member))
        .findFirst();
  }

  public Optional<Member> bySpiffeId(String id) {
    return members.stream()
        .filter(member -> !id.isEmpty() && member.spiffeId().equals(id) && isPresent(member))
        .findFirst();
  }

  /** Active members with one of the roles. */
  public List<Member> with(Role... any) {
    return members.stream().filter(member -> member.has(any)).toList();
  }

  /** URLs of the network nodes, in the order of their announcement. */
  public List<String> networkNodes() {
    return urls(NETWORK_NODE);
  }

  /** Bootstrap servers of Kafka; empty until an organisation has announced them. */
  public Optional<String> kafka() {
    return urls(KAFKA).stream().findFirst();
  }

  private List<String> urls(String kind) {
    List<String> urls = new ArrayList<>();
    for (NodeRecord node : nodes) {
      if (node.kind().equals(kind) && !urls.contains(node.url())) {
        urls.add(node.url());
      }
    }
    return urls;
  }

  private static boolean isPresent(Member member) {
    return switch (member.status()) {
      case PENDING, ACTIVE, SUSPENDED -> true;
      case NONE, REMOVED -> false;
    };
  }
}
