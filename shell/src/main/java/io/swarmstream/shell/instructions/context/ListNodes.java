package io.swarmstream.shell.instructions.context;

import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/** Lists the programs of the swarm. */
public final class ListNodes implements Instruction {
  private static final String HEAD =
      "NodeType, HostIP, Port, ContainerName, UUID, ParentUUID, I-am-alive";

  @Override
  public About about() {
    return About.of(
        "LIST NODES",
        "Lists network nodes (SENTINEL, SN), sites (SL) and task agents (SWOP), with the member's"
            + " name and when each was heard last; (lost) says that it was not heard for 30 s.",
        "LIST NODES");
  }

  @Override
  public Object run(ShellCall call) {
    List<NodeInfo> nodes = call.swarm().nodes();
    String founder = call.swarm().members().stream().findFirst().map(MemberInfo::name).orElse("");
    call.say(HEAD);
    for (NodeInfo node : nodes) {
      call.say(line(node, founder));
    }
    return nodes;
  }

  private static String line(NodeInfo node, String founder) {
    String type =
        node.type().equals("SN") && node.member().equals(founder) ? "SENTINEL" : node.type();
    URI address = address(node.address());
    return String.join(
        ", ",
        type,
        Objects.requireNonNullElse(address.getHost(), node.address()),
        address.getPort() < 0 ? "" : Integer.toString(address.getPort()),
        node.member(),
        node.uuid(),
        Objects.requireNonNullElse(node.parent(), ""),
        Objects.requireNonNullElse(node.lastHeard(), "") + (node.alive() ? "" : " (lost)"));
  }

  private static URI address(String text) {
    try {
      return URI.create(text.contains("://") ? text : "https://" + text);
    } catch (IllegalArgumentException e) {
      return URI.create("https:///");
    }
  }
}
