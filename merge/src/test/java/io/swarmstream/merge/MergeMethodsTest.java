package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeMethodsTest {

  @Test
  void listsItsOwnMethodsFirstAndThoseFromElsewhereAfter() {
    assertThat(MergeMethods.names())
        .containsExactly("mean", "coordmedian", "geomedian", "firstonly");
  }

  @Test
  void findsEachMethodByItsName() {
    for (String name : MergeMethods.names()) {
      assertThat(MergeMethods.named(name).name()).isEqualTo(name);
    }
    assertThat(MergeMethods.named("geomedian")).isInstanceOf(GramMerge.class);
    assertThat(MergeMethods.named("firstonly")).isInstanceOf(FirstOnly.class);
  }

  @Test
  void namesTheUnknownMethodAndTheAllowedOnes() {
    assertThatThrownBy(() -> MergeMethods.named("krum"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "'krum'",
            "mean, coordmedian, geomedian, firstonly, trimmedmean:F, multikrum:F, bulyan:F, nnm+NAME:F");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trimmedmean:2",
        "multikrum:1",
        "bulyan:4",
        "nnm+mean:1",
        "nnm+geomedian:2",
        "nnm+trimmedmean:2",
        "nnm+multikrum:3",
        "nnm+bulyan:2",
        "nnm+firstonly:1"
      })
  void namesWhatItFindsByASpecificationAsThatSays(String specification) {
    assertThat(MergeMethods.named(specification).name()).isEqualTo(specification);
    assertThat(MergeMethods.named(specification)).isSameAs(MergeMethods.named(specification));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trimmedmean   | name it as trimmedmean:1",
        "nnm+mean      | name it as nnm+mean:1",
        "mean:1        | name it as mean, or as nnm+mean:1",
        "nnm+krum:1    | no merge method 'nnm+krum:1'",
        "multikrum:-1  | no merge method 'multikrum:-1'",
        "multikrum:1:1 | no merge method 'multikrum:1:1'",
        "''            | no merge method ''"
      })
  void saysHowASpecificationShouldBe(String specification, String way) {
    assertThatThrownBy(() -> MergeMethods.named(specification))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(way);
  }

  @ParameterizedTest
  @CsvSource({
    "mean, 1",
    "trimmedmean:0, 1",
    "trimmedmean:2, 5",
    "multikrum:1, 5",
    "bulyan:0, 3",
    "bulyan:2, 11",
    "nnm+mean:2, 5",
    "nnm+multikrum:2, 7",
    "nnm+bulyan:1, 7",
    "nnm+trimmedmean:3, 7"
  })
  void knowsHowManyParticipantsItNeeds(String specification, int least) {
    MergeMethod method = MergeMethods.named(specification);
    assertThat(method.minParticipants()).isEqualTo(least);
    method.requirePeers(least);
    assertThatThrownBy(() -> method.requirePeers(least - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("minPeers is " + (least - 1), specification, "at least " + least);
  }

  /** Zeros of sites that are silent must not outvote the others. */
  @ParameterizedTest
  @CsvSource({
    "mean, true",
    "geomedian, true",
    "coordmedian, false",
    "trimmedmean:1, false",
    "multikrum:1, false",
    "bulyan:1, false",
    "nnm+mean:1, false",
    "nnm+geomedian:1, false"
  })
  void knowsWhichMergeFewValuesOfEachDelta(String specification, boolean may) {
    MergeMethod method = MergeMethods.named(specification);
    assertThat(method.mergesSparse()).isEqualTo(may);
    if (!may) {
      assertThatThrownBy(() -> method.requireMergesSparse("topk:1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("topk:1", "merge method " + specification, "mean or geomedian");
    }
  }

  @Test
  void refusesTwoMethodsOfOneName() {
    assertThatThrownBy(() -> MergeMethods.byName(List.of(new Mean())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("'mean'", Mean.class.getName());
  }
}
