package io.swarmstream.schemas.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir Path parent;

  @Test
  void isForThisUserAloneAndGoesWithAllThatIsInIt() throws Exception {
    TemporaryFolder folder = TemporaryFolder.makeIn(parent);
    Files.writeString(Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "d");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");

    folder.close();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void deletesWhatAKilledProcessLeftBehindAndNothingElse() throws Exception {
    Path dead = Files.createDirectories(parent.resolve("swarmstream-1/deep/er"));
    Files.writeString(dead.resolve("../../lock"), "");
    Path strange = Files.createDirectories(parent.resolve("swarmstream-2"));
    Path other = Files.createDirectories(parent.resolve("other"));

    try (TemporaryFolder first = TemporaryFolder.makeIn(parent);
        TemporaryFolder second = TemporaryFolder.makeIn(parent)) {
      assertThat(parent.resolve("swarmstream-1")).doesNotExist();
      assertThat(strange).exists();
      assertThat(other).exists();
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
    }
  }

  /** The second folder made this process look at the first one. */
  @Test
  void leavesTheFoldersOfAProcessWithSeveralAlone() throws Exception {
    try (TemporaryFolder first = TemporaryFolder.makeIn(parent);
        TemporaryFolder second = TemporaryFolder.makeIn(parent)) {
      Process another = holder();
      assertThat(another.inputReader().readLine()).isNotNull();
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
      another.destroyForcibly();
    }
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            parent.toString())
        .start();
  }

  @Test
  void leavesTheFolderOfALivingProcessAlone() throws Exception {
    Process living = holder();
    String held = living.inputReader().readLine();
    try (TemporaryFolder mine = TemporaryFolder.makeIn(parent)) {
      assertThat(Path.of(held)).exists();
      living.destroyForcibly();
      living.waitFor();
      try (TemporaryFolder next = TemporaryFolder.makeIn(parent)) {
        assertThat(Path.of(held)).doesNotExist();
        assertThat(mine.path()).exists();
      }
    }
  }

  /** Holds one until it is killed, or who started it has gone. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      System.out.println(TemporaryFolder.makeIn(Path.of(args[0])).path());
      var unused = System.in.read();
    }
  }

  @Test
  void goesAlsoWhileSomebodyStillWritesThere() throws Exception {
    TemporaryFolder folder = TemporaryFolder.makeIn(parent);
    CountDownLatch writing = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              long end = System.nanoTime() + 500_000_000L;
              for (int i = 0; System.nanoTime() < end; i++) {
                try {
                  Path deep = folder.path().resolve("busy" + i % 7);
                  Files.createDirectories(deep);
                  Files.writeString(deep.resolve("file" + i), "x");
                  Files.deleteIfExists(deep.resolve("file" + (i - 3)));
                } catch (IOException e) {
                  // Deleted meanwhile.
                }
                writing.countDown();
              }
            });
    writer.start();
    writing.await();

    folder.close();
    writer.join();
    // What was made anew after that has no lock that anybody holds; nothing may be left here.
    assertThat(folder.path())
        .satisfiesAnyOf(
            path -> assertThat(path).doesNotExist(),
            path -> assertThat(path.resolve("lock")).doesNotExist());
  }

  @Test
  void allGoWhenTheProcessHasToEnd() throws Exception {
    TemporaryFolder.makeIn(parent);
    TemporaryFolder.makeIn(parent);

    TemporaryFolder.closeAll();

    assertThat(parent).isEmptyDirectory();
  }
}
