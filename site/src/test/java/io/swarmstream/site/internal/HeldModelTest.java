package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.site.SiteException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldModelTest {
  @TempDir private Path folder;

  private static ByteBuffer chunk(float... values) {
    return ByteBuffer.wrap(FloatCodec.encode(values));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesWhatItTook(boolean inFile) {
    HeldModel model = HeldModel.make(5, inFile ? Optional.of(folder) : Optional.empty());
    model.accept(1, 3, chunk(4, 5));
    model.accept(0, 0, chunk(1, 2, 3));
    float[] values = new float[4];
    model.read(2, values, 3);
    assertThat(values).containsExactly(3, 4, 5, 0);
    model.accept(0, 0, chunk(6, 7, 8));
    model.read(0, values, 4);
    assertThat(values).containsExactly(6, 7, 8, 4);
    model.discard();
  }

  @Test
  void leavesNoFileBehind() throws Exception {
    HeldModel model = HeldModel.make(5, Optional.of(folder));
    model.accept(0, 0, chunk(1, 2, 3, 4, 5));
    model.discard();
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> model.read(0, new float[1], 1))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void saysWhatToDoWhenAModelDoesNotFitAnArray() {
    assertThatThrownBy(() -> HeldModel.make(3_000_000_000L, Optional.empty()))
        .isInstanceOf(SiteException.class)
        .hasMessageContaining("3000000000 parameters")
        .hasMessageContaining("modelFolder");
  }

  @Test
  void saysWhereItCannotKeepAModel() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> HeldModel.make(5, Optional.of(file)))
        .isInstanceOf(SiteException.class)
        .hasMessageContaining(file.toString());
  }
}
