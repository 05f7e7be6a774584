package io.swarmstream.lab.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {
  private final RoundLog log = new RoundLog(1, 0, () -> {}, () -> {});
  private final PeerContestant.EventReader reader = new PeerContestant.EventReader(log);

  @TempDir private Path folder;

  private void append(RandomAccessFile file, String text) throws IOException {
    Files.writeString(folder.resolve("events"), text, StandardOpenOption.APPEND);
    reader.read(file);
  }

  private RandomAccessFile open() throws IOException {
    return new RandomAccessFile(Files.createFile(folder.resolve("events")).toFile(), "r");
  }

  @Test
  void readsLinesThatAreHalfWritten() throws Exception {
    try (RandomAccessFile file = open()) {
      append(file, "{\"event\": \"round\", \"at\": 1000000, \"round\": 0}\n{\"event\": \"retu");
      append(file, "rned\", \"at\": 2000000, \"round\": 0, \"site\": 0}\n");
      append(file, "{\"event\": \"received\", \"at\": 5000000, \"round\": 1, \"site\": 0}\n");
      append(file, "{\"event\": \"end\", \"at\": 6000000, \"round\": 1}\n");
      assertThat(reader.isDone()).isFalse();
      append(file, "{\"event\": \"checked\", \"at\": 7000000, \"off\": 1e-9}\n");
    }
    assertThat(reader.isDone()).isTrue();
    assertThat(log.roundP50Millis()).isEqualTo(5);
    assertThat(log.exchangeP50Millis()).isEqualTo(3);
  }

  @Test
  void refusesAModelThatIsNotTheMean() throws Exception {
    try (RandomAccessFile file = open()) {
      assertThatThrownBy(() -> append(file, "{\"event\": \"checked\", \"off\": 0.01}\n"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("0.01");
      assertThatThrownBy(() -> append(file, "{\"event\": \"checked\"}\n"))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(reader.isDone()).isFalse();
  }
}
