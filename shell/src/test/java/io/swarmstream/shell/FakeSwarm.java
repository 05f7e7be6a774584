package io.swarmstream.shell;

import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.clients.network.SitePerformance;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.contracts.Draft;
import io.swarmstream.shell.swarm.Swarm;
import io.swarmstream.shell.swarm.SwarmMark;
import io.swarmstream.testkit.real.MemoryTaskBoard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A swarm in memory, with the board of {@link MemoryTaskBoard}. */
public final class FakeSwarm implements Swarm {
  /** What tells it from others. */
  public static final SwarmMark MARK = new SwarmMark("0x" + "a".repeat(40), "0x" + "b".repeat(40));

  public final MemoryTaskBoard board = new MemoryTaskBoard();
  final List<NodeInfo> nodes = new ArrayList<>();
  public final List<MemberInfo> members = new ArrayList<>();
  final Map<String, Draft> drafts = new LinkedHashMap<>();

  /** Contracts of drafts that a trainer has founded. */
  final List<String> founded = new ArrayList<>();

  final Map<String, List<SitePerformance>> performance = new LinkedHashMap<>();
  SwarmMark mark = MARK;
  String network = "eip155:7:0x00:" + MARK.trainingContracts();

  public FakeSwarm() {
    member("org-a", MemoryTaskBoard.FOUNDER, "00", "admin", "owner", "network");
    node("SN", "org-a", "https://sn1.example:30304", true);
  }

  /** Adds an active member. */
  public void member(String name, String account, String key, String... roles) {
    members.add(
        new MemberInfo(name, "org of " + name, account, List.of(roles), "active", key, null));
  }

  void node(String type, String member, String address, boolean alive) {
    nodes.add(
        new NodeInfo(
            type,
            member,
            "org of " + member,
            address,
            "1.0",
            "uuid-" + nodes.size(),
            type.equals("SN") ? null : "uuid-0",
            alive,
            false,
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:01:00Z"));
  }

  @Override
  public VersionInfo version() {
    return new VersionInfo("Swarmstream", "1.0", 1, network);
  }

  @Override
  public SwarmAddresses addresses() {
    return new SwarmAddresses(
        List.of("https://sn1.example:30304"),
        null,
        mark.trainingContracts(),
        "0x" + "c".repeat(40),
        mark.swarmMembers(),
        0,
        null);
  }

  @Override
  public List<NodeInfo> nodes() {
    return nodes;
  }

  @Override
  public List<MemberInfo> members() {
    return members;
  }

  @Override
  public List<ContractInfo> contracts() {
    return drafts.values().stream().map(this::info).toList();
  }

  @Override
  public ContractInfo contract(String name) {
    return Optional.ofNullable(drafts.get(name))
        .map(this::info)
        .orElseThrow(() -> new IllegalArgumentException("there is no contract " + name));
  }

  private ContractInfo info(Draft draft) {
    boolean isOpen = founded.contains(draft.contract());
    return new ContractInfo(
        draft.name(),
        draft.contract(),
        draft.generation(),
        isOpen ? "open" : "draft",
        null,
        null,
        isOpen ? "mean" : null,
        isOpen ? 2 : null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        draft.text());
  }

  @Override
  public List<RoundInfo> rounds(String contract, int newest) {
    return performance(contract).round() == null
        ? List.of()
        : List.of(new RoundInfo(4, "ab".repeat(32), "cd".repeat(32), true, List.of()));
  }

  @Override
  public PerformanceInfo performance(String contract) {
    List<SitePerformance> sites = performance.getOrDefault(contract, List.of());
    return new PerformanceInfo(contract, "org-a", null, sites.isEmpty() ? null : 4L, sites);
  }

  @Override
  public Optional<Draft> draft(String name) {
    return Optional.ofNullable(drafts.get(name));
  }

  @Override
  public void write(Draft draft) {
    drafts.put(draft.name(), draft);
  }

  @Override
  public void reset(Draft draft) {
    drafts.put(draft.name(), draft.reset());
    performance.remove(draft.name());
  }

  @Override
  public TaskBoard tasks() {
    return board;
  }
}
