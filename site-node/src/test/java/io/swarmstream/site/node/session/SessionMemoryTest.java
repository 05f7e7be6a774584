package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SessionMemoryTest {
  private static final ModelId OLD = new ModelId(6, "aa");
  private static final ModelId NEW = new ModelId(7, "bb");

  @TempDir private Path place;
  private SessionFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = SessionFolder.open(place.resolve("s"));
  }

  @Test
  void hasAModelOnDiskBeforeTheTrainerGetsIt() throws IOException {
    give(begun(), NEW);

    assertThat(begun().isGiven(NEW)).isTrue();
    assertThat(new SyncDesk(folder.begun("c")).next()).isZero();
  }

  @Test
  void givesNoModelThatTheDiskDoesNotRemember() throws IOException {
    SessionMemory memory = begun();
    give(memory, OLD);
    folder.forget();

    assertThatThrownBy(() -> give(memory, NEW)).isInstanceOf(IOException.class);
    assertThat(memory.isGiven(OLD)).isTrue();
    assertThat(memory.isGiven(NEW)).isFalse();
  }

  @Test
  void keepsTheSyncWhenAModelIsGivenAndTheModelWhenASyncBegins() throws IOException {
    SessionMemory memory = begun();
    memory.begin(sync(3), 8);
    give(memory, NEW);
    memory.begin(sync(4), 9);

    assertThat(folder.begun("c")).contains(new SessionFolder.Begun("c", 4, "body", 9, 7, "bb"));
  }

  @Test
  void tellsAModelOfAnotherSwarmFromTheOneThatWasGiven() throws IOException {
    SessionMemory memory = begun();
    give(memory, NEW);

    assertThat(memory.isGiven(new ModelId(7, "cc"))).isFalse();
  }

  private SessionMemory begun() throws IOException {
    return SessionMemory.of(folder, "c", folder.begun("c"));
  }

  private static SyncProgress sync(long number) {
    return SyncProgress.sending(number, "body", Instant.now());
  }

  private static void give(SessionMemory memory, ModelId model) throws IOException {
    assertThat(memory.give(() -> Optional.of(model), Function.identity())).contains(model);
  }
}
