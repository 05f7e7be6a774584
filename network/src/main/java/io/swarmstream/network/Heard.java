package io.swarmstream.network;

import io.swarmstream.clients.network.NodeInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The programs that were heard of late, by what they are and whose: a swarm may have thousands, and
 * a member restarts its own as often as it likes.
 */
final class Heard {
  private static final BinaryOperator<NodeInfo> LATER =
      BinaryOperator.maxBy(Comparator.comparing(Heard::lastHeard));

  private final Map<String, Map<String, NodeInfo>> newest = new HashMap<>();
  private final Map<String, String> networkNodes = new HashMap<>();

  private Heard() {}

  static Heard of(List<NodeInfo> all) {
    Heard heard = new Heard();
    for (NodeInfo node : all) {
      heard
          .newest
          .computeIfAbsent(node.type(), unused -> new HashMap<>())
          .merge(node.member(), node, (before, next) -> LATER.apply(before, next));
      if (node.type().equals("SN")) {
        heard.networkNodes.put(node.uuid(), "network:" + node.member());
      }
    }
    return heard;
  }

  /** The program of a type that was heard last of a member; null: none was. */
  @Nullable NodeInfo newest(String type, String member) {
    return newest.getOrDefault(type, Map.of()).get(member);
  }

  /** Members that run a program of a type. */
  Set<String> members(String type) {
    return newest.getOrDefault(type, Map.of()).keySet();
  }

  /** IDs of the parts that are network nodes, by the UUID of their process. */
  Map<String, String> networkNodes() {
    return networkNodes;
  }

  private static Instant lastHeard(NodeInfo node) {
    return node.lastHeard() == null ? Instant.MIN : Instant.parse(node.lastHeard());
  }
}
