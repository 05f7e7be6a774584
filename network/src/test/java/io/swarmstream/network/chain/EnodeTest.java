package io.swarmstream.network.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnodeTest {
  private static final String ID = "ab".repeat(64);

  @Test
  void readsWhatGethWrites() {
    Enode peer =
        Enode.parse(
            "enode://" + ID.toUpperCase(java.util.Locale.ROOT) + "@10.0.0.7:30303?discport=0");
    assertThat(peer).isEqualTo(new Enode(ID, "10.0.0.7", 30303));
    assertThat(peer.url()).isEqualTo("enode://" + ID + "@10.0.0.7:30303");
  }

  @Test
  void takesAddressesOfBothKinds() throws Exception {
    Enode six = Enode.parse("enode://" + ID + "@[::1]:30303");
    assertThat(Enode.parse(six.resolved().url())).isEqualTo(six.resolved());
    assertThat(new Enode(ID, "127.0.0.1", 1).resolved().host()).isEqualTo("127.0.0.1");
  }

  /** It ends up in geth's configuration file and in calls of its admin methods. */
  @Test
  void refusesAnythingElse() {
    for (String other :
        List.of(
            "",
            "enode://ab@host:1",
            "enode://" + ID + "@host",
            "enode://" + ID + "@host:0",
            "enode://" + ID + "@host:65536",
            "enode://" + ID + "@:1",
            "enode://" + ID + "@ho\"st:1",
            "enode://" + ID + "@host:1\", \"",
            "enode://" + ID + "@host:1\n",
            "enode://" + ID + "@-x:1",
            "http://" + ID + "@host:1")) {
      assertThatThrownBy(() -> Enode.parse(other))
          .as(other)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is no address of a peer");
    }
  }
}
