package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFolderTest {
  @TempDir private Path folder;

  @Test
  void isForItsOwnerAlone() throws Exception {
    Path place = SessionFolder.open(folder.resolve("sessions/s")).path();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
        .isEqualTo("rwx------");
  }

  @Test
  void remembersTheNewestSyncAndTheModelThatTheTrainerHas() throws Exception {
    SessionFolder.Begun begun = new SessionFolder.Begun("c", 7, "body", 9, 8, "model");
    SessionFolder.open(folder).remember(begun);
    assertThat(SessionFolder.open(folder).begun("c")).contains(begun);
    assertThat(SessionFolder.open(folder).begun("other")).isEmpty();
  }

  @Test
  void beginsAnewAfterANodeOfAnotherVersion() throws Exception {
    Files.writeString(folder.resolve("sync.json"), "{\"contract\": \"c\", \"baseHash\": \"00\"}");
    assertThat(SessionFolder.open(folder).begun("c")).isEmpty();
  }

  @Test
  void isGoneOnceItsSessionIsLeft() throws Exception {
    Path place = folder.resolve("sessions/s");
    SessionFolder left = SessionFolder.open(place);
    left.remember(new SessionFolder.Begun("c", 7, "body", 9, 8, "model"));
    Files.writeString(place.resolve("snapshot.bin.new"), "half of one");

    left.forget();

    assertThat(place).doesNotExist();
  }
}
