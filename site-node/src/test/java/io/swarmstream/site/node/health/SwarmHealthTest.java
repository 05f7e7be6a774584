package io.swarmstream.site.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.site.node.health.SwarmHealth.Anchors;
import io.swarmstream.site.node.health.SwarmHealth.Part;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwarmHealthTest {
  @Test
  void keepsSinceWhenAPartIsDown() {
    Part down = Part.unknown("chain").now(Optional.of("no answer"));
    Part still = down.now(Optional.of("no answer yet"));

    assertThat(still.isDown()).isTrue();
    assertThat(still.since()).isEqualTo(down.since());
    assertThat(still.problem()).isEqualTo("no answer yet");
    assertThat(still.now(Optional.empty()).isUp()).isTrue();
  }

  @Test
  void countsRoundsThatAreNotOnTheChainAndSinceWhen() {
    Anchors none = Anchors.of(4, 4, null);
    Anchors one = Anchors.of(5, 4, none);
    Anchors three = Anchors.of(7, 4, one);

    assertThat(none.pending()).isZero();
    assertThat(one.pending()).isEqualTo(1);
    assertThat(three.pending()).isEqualTo(3);
    assertThat(three.since()).isEqualTo(one.since());
    assertThat(Anchors.of(-1, -1, null).pending()).isZero();
  }
}
