package io.swarmstream.site.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestModelFileTest {
  private static final ModelLayout MODEL = ModelLayout.parse("w:2\nhead \"x\":1");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"LOSS, 2", "METRIC, 1"})
  void keepsTheBestAndOfEqualOnesTheEarlier(BestBy by, int best) {
    BestModelFile file = at("best", by);
    double[][] figures = {
      {Double.NaN, 0.1}, {0.5, 0.9}, {0.25, 0.8}, {0.25, 0.9}, {0.75, Double.NaN}
    };
    for (int round = 0; round < figures.length; round++) {
      file.consider("digits", model(round, figures[round][0], figures[round][1]), filled(round));
    }

    NamedTensors loaded = NamedTensors.zeros(MODEL);
    assertThat(file.load(loaded)).isEqualTo(file.best().orElseThrow());
    assertThat(file.best().orElseThrow().round()).isEqualTo(best);
    assertThat(loaded.flat()).containsExactly(filled(best).flat());
    assertThat(names()).containsExactly("best");
  }

  @Test
  void thereMayBeNone() {
    BestModelFile file = at("best", BestBy.LOSS);
    assertThat(file.consider("digits", model(0, Double.NaN, 1), filled(0))).isFalse();
    assertThatThrownBy(() -> file.load(filled(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("there is no best model");
    assertThat(names()).isEmpty();
  }

  @Test
  void aProgramThatIsStartedAgainHasABetterModelToBeat() {
    at("best", BestBy.LOSS).consider("digits", model(7, 0.5, 0), filled(7));

    BestModelFile again = at("best", BestBy.LOSS);
    assertThat(again.consider("digits", model(9, 0.75, 0), filled(9))).isFalse();
    assertThat(again.best()).contains(model(7, 0.5, 0));
    assertThat(again.consider("digits", model(10, 0.25, 0), filled(10))).isTrue();

    BestModelFile same = at("best", BestBy.LOSS);
    assertThat(same.consider("digits", model(10, 0.25, 0), filled(10))).isFalse();
    assertThat(same.best()).contains(model(10, 0.25, 0));
  }

  @ParameterizedTest
  @CsvSource({"0, digits", "7, digits", "9, letters"})
  void theBestModelOfAnotherTrainingIsReplaced(int round, String contract) {
    at("best", BestBy.LOSS).consider("digits", model(7, 0.5, 0), filled(7));
    BestModel worse =
        new BestModel(round, new ModelFigures(0.75, 0), Hash.sha256("other".getBytes(UTF_8)));

    BestModelFile other = at("best", BestBy.LOSS);
    assertThat(other.consider(contract, worse, filled(round))).isTrue();
    assertThat(other.best()).contains(worse);
  }

  /** As json.dumps and repr of Python write it. */
  @Test
  void continuesWithAFileOfAPythonProgram() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"swarmstream best model\",\"contract\":\"digits\",\"round\":\"7\","
            + "\"loss\":\"1e-05\",\"metric\":\"nan\",\"modelHash\":\""
            + hash(7).hex()
            + "\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"head \\\"x\\\"\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
    byte[] json = header.getBytes(UTF_8);
    byte[] file = new byte[8 + json.length + 12];
    file[0] = (byte) json.length;
    file[1] = (byte) (json.length >> 8);
    System.arraycopy(json, 0, file, 8, json.length);
    file[file.length - 2] = (byte) 0x80; // 1 as float32, little endian
    file[file.length - 1] = 0x3f;
    Files.write(folder.resolve("best"), file);

    BestModelFile continued = at("best", BestBy.LOSS);
    assertThat(continued.consider("digits", model(8, 0.5, 0), filled(8))).isFalse();
    NamedTensors loaded = filled(8);
    assertThat(continued.load(loaded)).isEqualTo(model(7, 1e-5, Double.NaN));
    assertThat(loaded.flat()).containsExactly(0, 0, 1);
  }

  @Test
  void aFileThatNotesNanIsReplaced() {
    at("best", BestBy.METRIC).consider("digits", model(1, Double.NaN, 0.5), filled(1));

    BestModelFile byLoss = at("best", BestBy.LOSS);
    assertThat(byLoss.consider("digits", model(2, 0.25, 0), filled(2))).isTrue();
  }

  @Test
  void aModelThatDivergedLeavesTheEarlierFileAsItWas() throws IOException {
    BestModelFile file = at("best", BestBy.LOSS);
    file.consider("digits", model(1, 0.5, 0), filled(1));
    byte[] before = Files.readAllBytes(folder.resolve("best"));
    NamedTensors diverged = filled(2);
    diverged.values("w")[1] = Float.NaN;

    assertThatThrownBy(() -> file.consider("digits", model(2, 0.25, 0), diverged))
        .hasMessageContaining("value 1 of tensor w is NaN");
    assertThat(folder.resolve("best")).hasBinaryContent(before);
    assertThat(names()).containsExactly("best");
  }

  @Test
  void aFileThatCannotBeReplacedLeavesNoDraft() throws IOException {
    BestModelFile file = at("best", BestBy.LOSS);
    Files.createDirectories(folder.resolve("best").resolve("in the way"));

    assertThatThrownBy(() -> file.consider("digits", model(1, 0.5, 0), filled(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContainingAll(folder.resolve("best").toString(), "free space there");
    assertThat(file.best()).isEmpty();
    assertThat(names()).containsExactly("best");
  }

  @Test
  void onlyItsUserCanReadItAndDraftsOfOthersStay() throws IOException {
    Files.writeString(folder.resolve("best.new"), "of somebody else");
    at("best", BestBy.LOSS).consider("digits", model(1, 0.5, 0), filled(1));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("best"))))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("best.new")).hasContent("of somebody else");
  }

  @Test
  void isAPlainSafetensorsFile() throws IOException {
    at("best", BestBy.LOSS).consider("digits", model(1, 0.5, 0.25), filled(1));

    try (InputStream in = Files.newInputStream(folder.resolve("best"))) {
      SafetensorsHeader header = SafetensorsHeader.read(in);
      assertThat(header.tensors().stream().map(tensor -> tensor.shape()).toList())
          .isEqualTo(MODEL.tensors());
      assertThat(header.metadata())
          .containsEntry("format", "swarmstream best model")
          .containsEntry("contract", "digits")
          .containsEntry("round", "1")
          .containsEntry("loss", "0.5")
          .containsEntry("metric", "0.25")
          .containsEntry("modelHash", hash(1).hex());
      assertThat(in.readAllBytes()).hasSize(12);
    }
  }

  @Test
  void refusesAFolderThatDoesNotExistAFileOfSomethingElseAndAnotherModel() throws IOException {
    Path nowhere = folder.resolve("nowhere").resolve("best");
    assertThatThrownBy(() -> BestModelFile.at(nowhere, BestBy.LOSS))
        .hasMessageContaining(nowhere + ", whose folder does not exist");
    Files.writeString(folder.resolve("notes.txt"), "dear diary");
    assertThatThrownBy(() -> at("notes.txt", BestBy.LOSS))
        .hasMessageContaining("notes.txt, which has something else than a best model");
    Files.write(folder.resolve("plain"), SafetensorsHeader.ofFloats(MODEL));
    assertThatThrownBy(() -> at("plain", BestBy.LOSS))
        .hasMessageContaining("something else than a best model");

    BestModelFile file = at("best", BestBy.LOSS);
    file.consider("digits", model(1, 0.5, 0), filled(1));
    assertThatThrownBy(() -> file.load(NamedTensors.zeros(ModelLayout.flat(3))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("weights:3");
  }

  private BestModelFile at(String name, BestBy by) {
    return BestModelFile.at(folder.resolve(name), by);
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BestModel model(long round, double loss, double metric) {
    return new BestModel(round, new ModelFigures(loss, metric), hash(round));
  }

  private static Hash hash(long round) {
    return Hash.sha256(("model " + round).getBytes(UTF_8));
  }

  private static NamedTensors filled(float value) {
    return NamedTensors.of(MODEL, new float[] {value, -value, value});
  }
}
