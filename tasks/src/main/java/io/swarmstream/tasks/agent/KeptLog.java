package io.swarmstream.tasks.agent;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.tasks.run.StartedTrainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A copy of a trainer's log that stays when the trainer is removed. */
final class KeptLog {
  /** A busy trainer's log is not read every second. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Path file;
  private long copied;
  private long nextNanos = System.nanoTime();

  KeptLog(Path place) throws IOException {
    this.file = PrivateFiles.file(place.resolve("trainer.log"));
    this.copied = Files.size(file);
  }

  Path file() {
    return file;
  }

  /** Forgets what an earlier trainer of this run and site has printed. */
  void begin() throws IOException {
    Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    copied = 0;
  }

  /** Copies what has come since, if it is time. */
  void follow(StartedTrainer trainer) throws IOException {
    if (System.nanoTime() - nextNanos >= 0) {
      copy(trainer);
      nextNanos = System.nanoTime() + PAUSE.toNanos();
    }
  }

  /** Copies what has come since. */
  void copy(StartedTrainer trainer) throws IOException {
    try (InputStream log = trainer.log();
        OutputStream to = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      log.skipNBytes(copied);
      copied += log.transferTo(to);
    } catch (java.io.EOFException e) {
      // The log was cut meanwhile: what was copied stays.
    }
  }
}
