package io.swarmstream.site.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.site.node.http.StatusView.EndedState;
import io.swarmstream.site.node.http.StatusView.Node;
import io.swarmstream.site.node.http.StatusView.PartState;
import io.swarmstream.site.node.http.StatusView.SessionState;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static final String NOW = "2026-01-01T00:00:00Z";

  @Test
  void saysHowManyAreInAndHowMoreJoin() {
    String page =
        page(List.of(), List.of(session(List.of(), "1 more site is needed: …")), List.of());

    assertThat(page)
        .contains("3 of 3 in, 4 needed", "1 more site is needed")
        .doesNotContain("none</td>");
    assertThat(page(List.of(), List.of(session(List.of("d"), "d")), List.of()))
        .contains("3 of 4 in");
  }

  @Test
  void showsLossMetricAndWhatIsLeft() {
    assertThat(page(List.of(), List.of(session(List.of(), "d")), List.of()))
        .contains(
            "loss 0.2500, metric 0.9000; mean loss of the newest model's sites 0.5000",
            "2 known rounds are not on the chain yet",
            "about 60 s of training left, 95 s with waits");
  }

  @Test
  void showsWhatIsDown() {
    PartState away = new PartState("kafka", "down", NOW, "no answer <x>");

    assertThat(page(List.of(away), List.of(), List.of()))
        .contains("Kafka is down", "no answer &lt;x&gt;");
    assertThat(page(List.of(new PartState("job", "up", NOW, null)), List.of(), List.of()))
        .doesNotContain("is down");
  }

  @Test
  void showsWhatATrainingHasComeTo() {
    EndedState ended = new EndedState("digits", "s", "numpy", 12, "c07db6", 0.125, NOW);

    assertThat(page(List.of(), List.of(), List.of(ended)))
        .contains("digits", "final model of round 12", "mean loss 0.1250", "c07db6")
        .doesNotContain("No trainer has opened a session yet");
  }

  private static String page(
      List<PartState> parts, List<SessionState> sessions, List<EndedState> ended) {
    return StatusPage.of(
        new StatusView(new Node("a", "0x", "development", NOW), parts, sessions, ended));
  }

  private static SessionState session(List<String> missing, String waitsFor) {
    return new SessionState(
        "s",
        "c",
        "numpy",
        "waiting",
        "the merged model of round 3",
        NOW,
        missing,
        waitsFor,
        3,
        4,
        2,
        0.25,
        0.9,
        0.5,
        2L,
        NOW,
        null,
        null,
        1,
        4,
        60L,
        95L);
  }
}
