package io.swarmstream.local.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final ModelLayout LAYOUT = ModelLayout.parse("dense:2x3\nbias:1");
  private static final ChunkLayout CHUNKS = new ChunkLayout(7, 4);

  @TempDir private Path folder;

  @Test
  void hasTheChunksInTheirPlacesWhateverTheOrder() throws IOException {
    Path target = folder.resolve("model.safetensors");
    try (ModelFile file = ModelFile.create(target, LAYOUT, CHUNKS)) {
      file.write(1, floats(5, 6, 7));
      file.write(0, floats(9, 9, 9, 9));
      file.write(0, floats(1, 2, 3, 4));
      assertThat(target).doesNotExist();
      file.keep();
    }

    byte[] header = SafetensorsHeader.ofFloats(LAYOUT);
    byte[] bytes = Files.readAllBytes(target);
    assertThat(Arrays.copyOf(bytes, header.length)).isEqualTo(header);
    assertThat(FloatCodec.decode(Arrays.copyOfRange(bytes, header.length, bytes.length)))
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  /** What a model has beside the trainers' tensors is not in its file. */
  @Test
  void endsWithItsLastTensor() throws IOException {
    ModelLayout shorter = ModelLayout.parse("dense:2x2");
    Path target = folder.resolve("model.safetensors");
    try (ModelFile file = ModelFile.create(target, shorter, new ChunkLayout(7, 3))) {
      file.write(2, floats(7));
      file.write(1, floats(4, 5, 6));
      file.write(0, floats(1, 2, 3));
      file.keep();
    }

    byte[] header = SafetensorsHeader.ofFloats(shorter);
    byte[] bytes = Files.readAllBytes(target);
    assertThat(FloatCodec.decode(Arrays.copyOfRange(bytes, header.length, bytes.length)))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void isNotThereWhenItWasNotProven() throws IOException {
    Path target = folder.resolve("model.safetensors");
    try (ModelFile file = ModelFile.create(target, LAYOUT, CHUNKS)) {
      file.write(0, floats(1, 2, 3, 4));
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takesNoOthersPlace() throws IOException {
    Path target = Files.createFile(folder.resolve("model.safetensors"));

    assertThatThrownBy(() -> ModelFile.create(target, LAYOUT, CHUNKS).close())
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("model.safetensors");
  }

  private static ByteBuffer floats(float... values) {
    return ByteBuffer.wrap(FloatCodec.encode(values));
  }
}
