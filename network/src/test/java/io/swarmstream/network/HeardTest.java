package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.NodeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeardTest {
  @Test
  void knowsTheProgramOfAMemberThatWasHeardLast() {
    NodeInfo first = node("SL", "ward", "1", null);
    NodeInfo second = node("SL", "ward", "2", "2026-01-02T00:00:00Z");
    NodeInfo third = node("SL", "ward", "3", "2026-01-01T00:00:00Z");
    Heard heard = Heard.of(List.of(first, second, third, node("SWOP", "ward", "4", null)));

    assertThat(heard.newest("SL", "ward")).isSameAs(second);
    assertThat(heard.newest("SL", "clinic")).isNull();
    assertThat(heard.newest("SN", "ward")).isNull();
    assertThat(heard.members("SL")).containsExactly("ward");
  }

  @Test
  void findsTheNetworkNodeThatAProgramTalksTo() {
    Heard heard =
        Heard.of(List.of(node("SN", "hospital", "7", null), node("SL", "ward", "8", null)));

    assertThat(heard.networkNodes()).containsOnlyKeys("7").containsValue("network:hospital");
  }

  private static NodeInfo node(
      String type, String member, String uuid, @Nullable String lastHeard) {
    return new NodeInfo(
        type, member, "org", "a:1", "0.1", uuid, null, true, false, null, lastHeard);
  }
}
