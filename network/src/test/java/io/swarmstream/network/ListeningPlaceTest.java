package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.web.Place;
import org.junit.jupiter.api.Test;

class ListeningPlaceTest {
  @Test
  void hasTheAnnouncedPortUnlessItNamesOne() {
    assertThat(NetworkNode.place("0.0.0.0", 443)).isEqualTo(new Place("0.0.0.0", 443));
    assertThat(NetworkNode.place("0.0.0.0:30304", 443)).isEqualTo(new Place("0.0.0.0", 30304));
    assertThat(NetworkNode.place("::1", 443)).isEqualTo(new Place("::1", 443));
    assertThat(NetworkNode.place("[::1]:30304", 443)).isEqualTo(new Place("[::1]", 30304));
  }
}
