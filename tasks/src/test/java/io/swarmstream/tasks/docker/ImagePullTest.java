package io.swarmstream.tasks.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePullTest {
  private static final String CONFIGURATION = "{\"auths\": {}}";

  @TempDir private Path temp;

  @Test
  void readsConfigurationsThatAreSmallFiles() throws IOException {
    Path file = Files.writeString(temp.resolve("config.json"), CONFIGURATION);

    assertThat(ImagePull.configuration(file).has("auths")).isTrue();
    Files.writeString(file, CONFIGURATION + " ".repeat((1 << 20) - CONFIGURATION.length()));
    assertThat(ImagePull.configuration(file).has("auths")).isTrue();
  }

  @Test
  void readsNothingElse() throws Exception {
    Path large = Files.writeString(temp.resolve("large"), CONFIGURATION + " ".repeat(1 << 20));
    Path pipe = temp.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    for (Path each :
        new Path[] {large, pipe, temp, temp.resolve("nothing"), Path.of("/dev/zero")}) {
      assertThatThrownBy(() -> ImagePull.configuration(each))
          .isInstanceOf(RunFailure.class)
          .hasMessage("Auth: " + each + " is no file of at most 1048576 bytes; name another one");
    }
  }

  @Test
  void tellsNobodyWhatIsInAFile() throws IOException {
    Path text = Files.writeString(temp.resolve("text"), "secret: yes");
    Path bytes = Files.write(temp.resolve("bytes"), new byte[] {(byte) 0xff, 's'});

    for (Path each : new Path[] {text, bytes}) {
      assertThatThrownBy(() -> ImagePull.configuration(each))
          .hasMessage("Auth: " + each + " is no configuration in Docker's format")
          .hasNoCause();
    }
  }
}
