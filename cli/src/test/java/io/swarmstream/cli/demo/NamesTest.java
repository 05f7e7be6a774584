package io.swarmstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void namesAFewSitesAll() {
    assertThat(Names.brief(names(3))).isEqualTo("hospital-a, -b, -c");
  }

  @Test
  void countsMany() {
    assertThat(Names.brief(names(32))).isEqualTo("32 sites: hospital-a, -b, -c, -d …");
  }

  @Test
  void givesEverySiteANameOfItsOwn() {
    assertThat(names(DemoOptions.MAX_SITES))
        .doesNotHaveDuplicates()
        .contains("hospital-z", "hospital-aa", "hospital-af");
  }

  private static List<String> names(int sites) {
    return IntStream.range(0, sites).mapToObj(Hospital::name).toList();
  }
}
