package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.network.members.SwarmSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A swarm without members, as the routes see it that know members: the owner has all roles, and
 * whoever is enrolled is a site.
 */
final class OwnersSwarm {
  static final String ORGANISATION = "this machine";

  private final ChainClient chain;
  private final Member owner;
  private final Member job;
  private final String kafka;

  OwnersSwarm(ChainClient chain, String owner, String coordinator, String kafka) {
    this.chain = chain;
    this.owner = member(owner, "owner", EnumSet.allOf(Role.class));
    this.job = member(coordinator, "job", Set.of(Role.JOB));
    this.kafka = kafka;
  }

  private static Member member(String account, String name, Set<Role> roles) {
    return new Member(account, name, ORGANISATION, roles, MemberStatus.ACTIVE, 0, "", "", "");
  }

  Member owner() {
    return owner;
  }

  /** Before anything was read. */
  SwarmSnapshot alone() {
    return snapshot(Map.of());
  }

  /** Reads the present state. */
  SwarmSnapshot read() {
    Map<String, List<Enrolment>> sites = new TreeMap<>();
    for (String contract : chain.registry().names()) {
      sites.put(contract, chain.registry().sites(contract));
    }
    return snapshot(sites);
  }

  private SwarmSnapshot snapshot(Map<String, List<Enrolment>> sites) {
    Map<String, Member> members = new LinkedHashMap<>();
    members.put(owner.account(), owner);
    members.put(job.account(), job);
    sites
        .values()
        .forEach(
            enrolled ->
                enrolled.forEach(
                    site ->
                        members.putIfAbsent(
                            site.address(),
                            member(site.address(), site.name(), Set.of(Role.SITE)))));
    NodeRecord broker =
        new NodeRecord(
            owner.account(),
            SwarmSnapshot.KAFKA,
            kafka,
            "",
            "",
            NodeVersion.PRODUCT,
            Instant.EPOCH);
    return new SwarmSnapshot(new ArrayList<>(members.values()), List.of(), List.of(broker), sites);
  }
}
