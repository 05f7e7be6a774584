package io.swarmstream.site.node.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.network.EnrolmentRequest;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.TrainingProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoiningTest {
  @TempDir Path temp;
  private FakeNetworkNode node;
  private SiteFolder folder;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    node = new FakeNetworkNode(temp.resolve("node"));
    folder = SiteFolder.open(temp.resolve("site"));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Joining.Joined join() throws Exception {
    return new Joining(folder, node.invitation("hospital-b"), true).join();
  }

  @Test
  void writesWhatTheSiteNeeds() throws Exception {
    Joining.Joined joined = join();
    assertThat(joined.isPending()).isFalse();
    assertThat(joined.account()).isEqualTo(folder.account().address());
    SiteSettings kept = folder.requiredSettings();
    assertThat(kept.kafka()).isEqualTo("kafka.example:9093");
    assertThat(kept.rpcUrls()).isEqualTo(node.server.uri() + "/rpc");
    assertThat(kept.startBlock()).isEqualTo(4);
    assertThat(folder.identity().readValid().keyHash())
        .isEqualTo(node.enrolments.get(0).certificateKey());
    assertThat(folder.network().me().name()).isEqualTo("hospital-b");
  }

  @Test
  void asksWithTheSameKeysWhenTheAnswerWasLost() throws Exception {
    node.losesAnswer = true;
    assertThatThrownBy(this::join).hasMessageContaining("ended before it could answer");
    assertThat(folder.settings()).isEmpty();
    join();
    EnrolmentRequest first = node.enrolments.get(0);
    EnrolmentRequest second = node.enrolments.get(1);
    assertThat(second.certificateKey()).isEqualTo(first.certificateKey());
    assertThat(second.account()).isEqualTo(first.account());
    assertThat(second.signature()).isEqualTo(first.signature());
  }

  @Test
  void keepsTheCertificateOfASiteThatHasJoined() throws Exception {
    join();
    String key = folder.identity().read().keyHash();
    join();
    assertThat(node.enrolments.get(1).certificate()).isNotNull();
    assertThat(folder.identity().read().keyHash()).isEqualTo(key);
  }

  @Test
  void refusesTheFolderOfAnotherSiteAndInvitationsOfNetworkNodes() throws Exception {
    join();
    assertThatThrownBy(() -> new Joining(folder, node.invitation("hospital-x"), true).join())
        .hasMessageContaining("is the folder of site hospital-b");
    InvitationFile network =
        InvitationFile.of(
            "org-b",
            "org-b",
            List.of("network"),
            null,
            Instant.now(),
            List.of(),
            1,
            "",
            List.of(),
            "");
    assertThatThrownBy(() -> new Joining(folder, network, true).join())
        .hasMessageContaining("swarm network start --join");
  }

  @Test
  void waitsForAnApprovalAndSaysWhose() throws Exception {
    node.status = "pending";
    Joining.Joined joined = join();
    assertThat(joined.isPending()).isTrue();
    Approval approval = new Approval(folder, said::add);
    assertThatThrownBy(() -> approval.await(joined.admins(), Duration.ofMillis(600)))
        .hasMessageContaining("have org-a run 'swarm network approve hospital-b'");
    assertThat(said).hasSize(1);
    node.status = "active";
    approval.await(List.of(), Duration.ofSeconds(5));
  }

  private SiteUpkeep upkeep(Instant now) throws Exception {
    return SiteUpkeep.idle(
        folder,
        SiteUpkeep.Running.node(
            "http://127.0.0.1:30305",
            "1",
            () -> List.of(new TrainingProgress("digits", 2.5, 10, 0.31, null))),
        said::add,
        () -> now);
  }

  @Test
  void renewsItsCertificateWhenAThirdOfItsLifeIsLeft() throws Exception {
    join();
    String key = folder.identity().read().keyHash();
    Instant end = folder.identity().read().expiresAt();
    try (SiteUpkeep early = upkeep(Instant.now())) {
      early.refresh();
    }
    assertThat(said).isEmpty();
    node.validity = Duration.ofDays(200);
    try (SiteUpkeep due = upkeep(folder.identity().read().renewAt().plusSeconds(1))) {
      due.refresh();
    }
    assertThat(said).singleElement().asString().contains("The certificate was renewed");
    assertThat(folder.identity().readValid().expiresAt()).isAfter(end);
    assertThat(folder.identity().read().keyHash()).isEqualTo(key);
  }

  @Test
  void saysThatItIsAliveAndLearnsOfOtherNodes() throws Exception {
    join();
    node.otherNodes.add("https://other.example:30304");
    try (SiteUpkeep upkeep = upkeep(Instant.now())) {
      upkeep.heartbeat();
      upkeep.refresh();
    }
    assertThat(node.heartbeats)
        .hasSize(2)
        .first()
        .satisfies(
            beat -> {
              assertThat(beat.type()).isEqualTo("SL");
              assertThat(beat.trainings())
                  .containsExactly(new TrainingProgress("digits", 2.5, 10, 0.31, null));
            });
    assertThat(node.heartbeats.get(0).ends()).isNull();
    assertThat(node.heartbeats.get(1).trainings()).as("it stops").isEmpty();
    assertThat(node.heartbeats.get(1).ends()).as("and says so").isTrue();
    assertThat(folder.requiredSettings().networkNodes())
        .containsExactly(node.server.uri().toString(), "https://other.example:30304");
  }
}
