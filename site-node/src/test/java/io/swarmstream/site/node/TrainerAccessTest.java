package io.swarmstream.site.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class TrainerAccessTest {
  @TempDir private Path folder;

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aFolderThatTheGroupMayWriteToSharesItsFiles() throws IOException {
    Path file = Files.createFile(folder.resolve("weights"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    TrainerAccess.grantFile(file);
    assertThat(permissions(file)).isEqualTo("rw-------");

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
    TrainerAccess.grantFile(file);
    assertThat(permissions(file)).isEqualTo("rw-rw----");
  }

  /** Whoever may write to the folder can put a link where the node has made a file. */
  @Test
  void aLinkOpensNothingElse() throws IOException {
    Path key = Files.createFile(folder.resolve("key.pem"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwx---"));
    Path link = Files.createSymbolicLink(shared.resolve("weights"), key);

    assertThatThrownBy(() -> TrainerAccess.grantFile(link)).isInstanceOf(IOException.class);
    assertThat(permissions(key)).isEqualTo("rw-------");
  }
}
