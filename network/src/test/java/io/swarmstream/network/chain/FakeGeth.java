package io.swarmstream.network.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.clients.chain.RpcTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The admin and clique methods of a geth, in memory. */
final class FakeGeth implements RpcTransport {
  final Set<String> dialled = new TreeSet<>();
  final Set<String> trusted = new TreeSet<>();
  final Set<String> connected = new TreeSet<>();
  final Set<String> signers = new TreeSet<>();
  final Map<String, Boolean> proposals = new TreeMap<>();
  final List<String> votes = new ArrayList<>();

  @Override
  public byte[] call(byte[] request) throws IOException {
    JsonNode given = RpcCalls.JSON.readTree(request);
    ObjectNode answer = RpcCalls.JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
    answer.set("result", result(given.get("method").asText(), given.get("params")));
    return RpcCalls.JSON.writeValueAsBytes(answer);
  }

  private JsonNode result(String method, JsonNode params) throws IOException {
    String first = params.path(0).asText();
    switch (method) {
      case "admin_addPeer" -> dialled.add(first);
      case "admin_addTrustedPeer" -> trusted.add(first);
      case "admin_removePeer" -> {
        dialled.remove(first);
        connected.remove(first);
      }
      case "admin_removeTrustedPeer" -> trusted.remove(first);
      case "admin_peers" -> {
        ArrayNode peers = RpcCalls.JSON.createArrayNode();
        connected.forEach(enode -> peers.addObject().put("enode", enode));
        return peers;
      }
      case "clique_getSigners" -> {
        return RpcCalls.JSON.valueToTree(signers);
      }
      case "clique_proposals" -> {
        return RpcCalls.JSON.valueToTree(proposals);
      }
      case "clique_discard" -> {
        proposals.remove(first);
        votes.add("discard " + first);
      }
      case "clique_propose" -> {
        proposals.put(first, params.get(1).asBoolean());
        votes.add(params.get(1).asBoolean() + " " + first);
      }
      default -> throw new IOException("unknown method " + method);
    }
    return RpcCalls.JSON.getNodeFactory().booleanNode(true);
  }
}
