package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DigitsTest {

  @Test
  void theFileIsTheOneThatWasPublished() throws Exception {
    try (InputStream file = Digits.class.getResourceAsStream(Digits.RESOURCE)) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(Objects.requireNonNull(file).readAllBytes());

      assertThat(HexFormat.of().formatHex(hash))
          .isEqualTo("09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22");
    }
  }

  @Test
  void holdsTheNumberOfImagesOfEachDigitThatItsAuthorsReport() {
    Samples digits = Digits.load();

    assertThat(digits.size()).isEqualTo(1797);
    assertThat(digits.countByClass())
        .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
  }

  @Test
  void pixelsUseTheWholeRangeFromZeroToOne() {
    Samples digits = Digits.load();
    float[] image = new float[Digits.PIXELS];
    float least = 1;
    float most = 0;
    for (int i = 0; i < digits.size(); i++) {
      digits.copyFeatures(i, image, 0);
      for (float pixel : image) {
        least = Math.min(least, pixel);
        most = Math.max(most, pixel);
      }
    }

    assertThat(least).isZero();
    assertThat(most).isEqualTo(1);
  }

  @Test
  void readsTheFirstImageAsItStandsInTheFile() {
    Samples digits = Digits.load();
    float[] image = new float[Digits.PIXELS];
    digits.copyFeatures(0, image, 0);

    assertThat(digits.label(0)).isZero();
    assertThat(image).startsWith(0, 0, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0, 0);
  }
}
