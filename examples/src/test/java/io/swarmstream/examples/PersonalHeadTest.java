package io.swarmstream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.schemas.safetensors.TensorEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PersonalHeadTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void itsLoopIsWhatTheDocumentationShows() throws IOException {
    Matcher loop =
        Pattern.compile("// region loop\\n(.*?)\\n *// endregion", Pattern.DOTALL)
            .matcher(
                Files.readString(
                    ROOT.resolve(
                        "examples/src/main/java/io/swarmstream/examples/PersonalHead.java")));

    assertThat(loop.find()).isTrue();
    assertThat(Files.readString(ROOT.resolve("docs/java.md")))
        .contains("```java\n" + loop.group(1).stripTrailing().stripIndent() + "\n```");
  }

  @Test
  void theLayoutOfItsContractHasTheSharedTensorOnly() throws IOException {
    try (InputStream in = Files.newInputStream(ROOT.resolve("examples/slopes.safetensors"))) {
      assertThat(SafetensorsHeader.read(in).tensors())
          .extracting(TensorEntry::shape)
          .hasToString("[body.slopes:2]");
    }
  }
}
