package io.swarmstream.operators.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadCacheTest {
  private static final byte[] ONE = new byte[40];
  private static final byte[] OTHER = new byte[40];

  private final PayloadCache cache = new PayloadCache((40 + 256) * 5 / 2);

  @Test
  void givesWhatWasPutInUntilItIsDropped() {
    cache.put("one", ONE);
    assertThat(cache.get("one")).isSameAs(ONE);

    cache.drop("one");
    assertThat(cache.get("one")).isNull();
  }

  @Test
  void keepsWhatSeveralHaveInCommonForTheLastOfThem() {
    cache.put("one", ONE);
    cache.put("one", OTHER);
    cache.drop("one");
    assertThat(cache.get("one")).isSameAs(ONE);

    cache.drop("one");
    assertThat(cache.get("one")).isNull();
  }

  @Test
  void leavesOutWhatFindsNoRoom() {
    cache.put("1", ONE);
    cache.put("2", ONE);
    cache.put("3", ONE);

    assertThat(cache.get("1")).isSameAs(ONE);
    assertThat(cache.get("2")).isSameAs(ONE);
    assertThat(cache.get("3")).isNull();
  }

  @Test
  void givesUpWhatNobodyDroppedWhileFourTimesAsMuchCameBy() {
    cache.put("never dropped", ONE);
    cache.put("later", ONE);
    for (int i = 0; i < 8; i++) {
      cache.put("left out " + i, ONE);
    }
    assertThat(cache.get("never dropped")).isSameAs(ONE);

    cache.put("new", ONE);
    assertThat(cache.get("never dropped")).isNull();
    assertThat(cache.get("later")).isSameAs(ONE);
    assertThat(cache.get("new")).isSameAs(ONE);
  }

  @Test
  void hasRoomAgainForWhatWasDropped() {
    cache.put("1", ONE);
    cache.put("2", ONE);
    cache.drop("2");
    cache.put("3", ONE);

    assertThat(cache.get("1")).isSameAs(ONE);
    assertThat(cache.get("3")).isSameAs(ONE);
  }

  @Test
  void leavesOutWhatDoesNotFitAtAll() {
    cache.put("1", ONE);
    cache.put("large", new byte[740 - 256 + 1]);

    assertThat(cache.get("1")).isSameAs(ONE);
    assertThat(cache.get("large")).isNull();
  }

  @Test
  void countsWhatAnEntryTakesBesideItsPayload() {
    PayloadCache small = new PayloadCache(10_000);
    for (int i = 0; i < 1_000; i++) {
      small.put(Integer.toString(i), new byte[4]);
    }
    assertThat(IntStream.range(0, 1_000).filter(i -> small.get(Integer.toString(i)) != null))
        .hasSizeLessThan(40);
  }
}
