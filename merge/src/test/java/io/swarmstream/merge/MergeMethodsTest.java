package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

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
        .hasMessageContainingAll("'krum'", "mean, coordmedian, geomedian, firstonly");
  }

  @Test
  void refusesTwoMethodsOfOneName() {
    assertThatThrownBy(() -> MergeMethods.byName(List.of(new Mean())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("'mean'", Mean.class.getName());
  }
}
