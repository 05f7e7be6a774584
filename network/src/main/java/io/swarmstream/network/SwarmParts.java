package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.clients.network.HealthInfo;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.PartDetail;
import io.swarmstream.clients.network.PartInfo;
import io.swarmstream.clients.network.PartLink;
import io.swarmstream.clients.network.TopologyInfo;
import io.swarmstream.network.chain.ChainHealth;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.network.members.SwarmSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of the swarm, and how each is, as far as this node can tell. */
final class SwarmParts {
  static final String KAFKA = "kafka";
  static final String CHAIN = "chain";
  static final List<String> STATES = List.of("down", "warn", "unknown", "ended", "ok");

  private final NodeSettings settings;
  private final SnapshotKeeper swarm;
  private final KafkaLink.Books books;
  private final NodeHealth health;
  private final Supplier<List<String>> kafkaProblems;
  private final EthereumNode ethereum;
  private final JobParts jobs;

  SwarmParts(
      NodeSettings settings,
      ChainClient chain,
      SnapshotKeeper swarm,
      KafkaLink.Books books,
      NodeHealth health,
      Supplier<List<String>> kafkaProblems,
      EthereumNode ethereum) {
    this.settings = settings;
    this.swarm = swarm;
    this.books = books;
    this.health = health;
    this.kafkaProblems = kafkaProblems;
    this.ethereum = ethereum;
    this.jobs = new JobParts(chain, books);
  }

  TopologyInfo info() {
    SwarmSnapshot now = swarm.newest();
    Heard heard = Heard.of(books.heard().all());
    List<PartInfo> parts = new ArrayList<>();
    List<PartLink> links = new ArrayList<>();
    networkNodes(now, heard, parts);
    parts.add(chain());
    parts.add(kafka(now));
    parts.addAll(jobs.of(now));
    programs("SL", "site", enrolled(now), now, heard, parts);
    programs("SWOP", "agent", Set.of(), now, heard, parts);
    link(parts, heard, links);
    parts.sort(
        Comparator.comparingInt((PartInfo part) -> STATES.indexOf(part.state()))
            .thenComparing(PartInfo::id));
    return new TopologyInfo(parts, links);
  }

  private void networkNodes(SwarmSnapshot now, Heard heard, List<PartInfo> parts) {
    for (NodeRecord node : now.nodes()) {
      Optional<Member> member = now.byAccount(node.account());
      if (!node.kind().equals(SwarmSnapshot.NETWORK_NODE) || member.isEmpty()) {
        continue;
      }
      boolean isOwn = node.url().equals(settings.url());
      NodeInfo said = heard.newest("SN", member.get().name());
      HealthInfo own = isOwn ? health.info() : null;
      parts.add(
          new PartInfo(
              "network:" + member.get().name(),
              "network",
              member.get().name(),
              member.get().name(),
              member.get().organisation(),
              own == null ? state(said) : own.problems().isEmpty() ? "ok" : "warn",
              since(said),
              own == null
                  ? sentence(
                      said,
                      "the network node of " + member.get().name(),
                      "check that it runs ('swarm network start') and reaches Kafka")
                  : own.problems().stream().findFirst().orElse(null),
              node.version(),
              node.url(),
              own == null ? null : own.certificateDays(),
              member.get().invitation().isEmpty(),
              said == null ? null : said.lastHeard(),
              List.of(new PartDetail("seals blocks", node.sealer().isEmpty() ? "no" : "yes"))));
    }
  }

  private PartInfo chain() {
    ChainHealth now = ethereum.health();
    return new PartInfo(
        CHAIN,
        CHAIN,
        "Ethereum chain",
        null,
        null,
        now.isHealthy() ? "ok" : now.state() == ChainHealth.State.HALTED ? "warn" : "down",
        null,
        now.isHealthy() ? null : now.message(),
        null,
        null,
        null,
        false,
        null,
        List.of(new PartDetail("block", Long.toString(now.block()))));
  }

  private PartInfo kafka(SwarmSnapshot now) {
    List<String> problems = kafkaProblems.get();
    Optional<String> address = now.kafka();
    Optional<Member> member =
        now.nodes().stream()
            .filter(node -> node.kind().equals(SwarmSnapshot.KAFKA))
            .findFirst()
            .flatMap(node -> now.byAccount(node.account()));
    return new PartInfo(
        KAFKA,
        KAFKA,
        "Kafka",
        member.map(Member::name).orElse(null),
        member.map(Member::organisation).orElse(null),
        address.isEmpty() ? "unknown" : problems.isEmpty() ? "ok" : "down",
        null,
        problems.stream().findFirst().orElse(null),
        null,
        address.orElse(null),
        null,
        false,
        null,
        List.of());
  }

  /** Members that run a program of a type, and those that should. */
  private static void programs(
      String type,
      String kind,
      Set<String> expected,
      SwarmSnapshot now,
      Heard heard,
      List<PartInfo> parts) {
    Set<String> names = new HashSet<>(expected);
    names.addAll(heard.members(type));
    for (String name : names) {
      Optional<Member> member = now.byName(name).filter(Member::isActive);
      NodeInfo said = heard.newest(type, name);
      if (member.isEmpty()) {
        continue;
      }
      parts.add(
          new PartInfo(
              kind + ":" + name,
              kind,
              name,
              name,
              member.get().organisation(),
              state(said),
              since(said),
              said == null
                  ? "no program of "
                      + name
                      + " was heard within a day; start it when it is to train"
                  : sentence(
                      said,
                      "the " + kind + " of " + name,
                      "start it again, or ask "
                          + member.get().organisation()
                          + " what has become of it"),
              said == null ? null : said.version(),
              said == null ? null : said.address(),
              null,
              false,
              said == null ? null : said.lastHeard(),
              List.of()));
    }
  }

  private static Set<String> enrolled(SwarmSnapshot now) {
    Set<String> names = new HashSet<>();
    now.sites()
        .values()
        .forEach(
            sites ->
                sites.forEach(
                    site ->
                        now.byAccount(site.address())
                            .ifPresent(member -> names.add(member.name()))));
    return names;
  }

  private static void link(List<PartInfo> parts, Heard heard, List<PartLink> links) {
    Map<String, String> networkByUuid = heard.networkNodes();
    Set<String> ids = parts.stream().map(PartInfo::id).collect(Collectors.toSet());
    for (PartInfo part : parts) {
      switch (part.kind()) {
        case "network", "job" -> {
          links.add(new PartLink(part.id(), KAFKA));
          links.add(new PartLink(part.id(), CHAIN));
        }
        case "site", "agent" -> {
          NodeInfo said = heard.newest(part.kind().equals("site") ? "SL" : "SWOP", part.name());
          String network = said == null ? null : networkByUuid.get(Objects.toString(said.parent()));
          if (network != null && ids.contains(network)) {
            links.add(new PartLink(part.id(), network));
          }
          if (part.kind().equals("site")) {
            links.add(new PartLink(part.id(), KAFKA));
          }
        }
        default -> {}
      }
    }
  }

  private static String state(@Nullable NodeInfo said) {
    if (said == null) {
      return "unknown";
    }
    return said.alive() ? "ok" : said.ended() ? "ended" : "down";
  }

  private static @Nullable String since(@Nullable NodeInfo said) {
    return said == null ? null : said.alive() ? said.aliveSince() : said.lastHeard();
  }

  private static @Nullable String sentence(@Nullable NodeInfo said, String what, String wayOut) {
    if (said == null) {
      return what + " was not heard within a day; " + wayOut;
    }
    return said.alive() || said.ended() ? null : what + " is not heard any more; " + wayOut;
  }
}
