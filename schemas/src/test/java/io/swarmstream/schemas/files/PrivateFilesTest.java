package io.swarmstream.schemas.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir Path folder;

  /** Runs with a umask of 000. */
  static final class Writer {
    public static void main(String[] args) throws Exception {
      Path deep = PrivateFiles.folder(Path.of(args[0]).resolve("a/b"));
      PrivateFiles.write(deep.resolve("written"), "1");
      PrivateFiles.write(deep.resolve("written"), "2");
      PrivateFiles.file(deep.resolve("made"));
      PrivateFiles.create(deep.resolve("secret"), new byte[] {1});
    }
  }

  @Test
  void areForThisUserAloneWhateverTheUmask() throws Exception {
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "umask 000; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();

    assertThat(folder.resolve("a/b/written")).hasContent("2");
    assertThat(folder.resolve("a/b/secret")).exists();
    assertAllPrivate();
  }

  @Test
  void closesWhatAnEarlierVersionHasLeftOpen() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("a/inner"));
    Path key = Files.writeString(folder.resolve("a/key"), "secret");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwxr-xr-x"));

    PrivateFiles.close(folder.resolve("a"));

    assertAllPrivate();
  }

  @Test
  void neverReplacesASecret() throws Exception {
    Path file = folder.resolve("key");
    PrivateFiles.create(file, new byte[] {1});

    assertThatThrownBy(() -> PrivateFiles.create(file, new byte[] {2}))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasBinaryContent(new byte[] {1});
  }

  private void assertAllPrivate() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("a"))) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .endsWith("------"));
    }
  }
}
