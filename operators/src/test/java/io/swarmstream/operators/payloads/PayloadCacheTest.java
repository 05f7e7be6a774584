package io.swarmstream.operators.payloads;

import static io.swarmstream.schemas.hashing.PayloadHash.BLAKE3;
import static io.swarmstream.schemas.hashing.PayloadHash.SHA_256;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadCacheTest {
  private static final byte[] ONE = new byte[40];
  private static final byte[] OTHER = new byte[40];

  private final PayloadCache cache = new PayloadCache((40 + 256) * 5 / 2);

  @Test
  void givesWhatWasPutInUntilItIsDropped() {
    cache.put(BLAKE3, "one", ONE);
    assertThat(cache.get(BLAKE3, "one")).isSameAs(ONE);

    cache.drop(BLAKE3, "one");
    assertThat(cache.get(BLAKE3, "one")).isNull();
  }

  @Test
  void keepsWhatSeveralHaveInCommonForTheLastOfThem() {
    cache.put(BLAKE3, "one", ONE);
    cache.put(BLAKE3, "one", OTHER);
    cache.drop(BLAKE3, "one");
    assertThat(cache.get(BLAKE3, "one")).isSameAs(ONE);

    cache.drop(BLAKE3, "one");
    assertThat(cache.get(BLAKE3, "one")).isNull();
  }

  /** The digest of a payload has, as a payload of its own, the same leaf under SHA-256. */
  @Test
  void doesNotTakeAPayloadForOneThatWasHashedInAnotherWay() {
    cache.put(SHA_256, "leaf", OTHER);
    assertThat(cache.get(BLAKE3, "leaf")).isNull();

    cache.put(BLAKE3, "leaf", ONE);
    assertThat(cache.get(BLAKE3, "leaf")).isSameAs(ONE);
    cache.drop(SHA_256, "leaf");
    assertThat(cache.get(BLAKE3, "leaf")).isSameAs(ONE);
  }

  @Test
  void leavesOutWhatFindsNoRoom() {
    cache.put(BLAKE3, "1", ONE);
    cache.put(BLAKE3, "2", ONE);
    cache.put(BLAKE3, "3", ONE);

    assertThat(cache.get(BLAKE3, "1")).isSameAs(ONE);
    assertThat(cache.get(BLAKE3, "2")).isSameAs(ONE);
    assertThat(cache.get(BLAKE3, "3")).isNull();
  }

  @Test
  void givesUpWhatNobodyDroppedWhileFourTimesAsMuchCameBy() {
    cache.put(BLAKE3, "never dropped", ONE);
    cache.put(BLAKE3, "later", ONE);
    for (int i = 0; i < 8; i++) {
      cache.put(BLAKE3, "left out " + i, ONE);
    }
    assertThat(cache.get(BLAKE3, "never dropped")).isSameAs(ONE);

    cache.put(BLAKE3, "new", ONE);
    assertThat(cache.get(BLAKE3, "never dropped")).isNull();
    assertThat(cache.get(BLAKE3, "later")).isSameAs(ONE);
    assertThat(cache.get(BLAKE3, "new")).isSameAs(ONE);
  }

  @Test
  void hasRoomAgainForWhatWasDropped() {
    cache.put(BLAKE3, "1", ONE);
    cache.put(BLAKE3, "2", ONE);
    cache.drop(BLAKE3, "2");
    cache.put(BLAKE3, "3", ONE);

    assertThat(cache.get(BLAKE3, "1")).isSameAs(ONE);
    assertThat(cache.get(BLAKE3, "3")).isSameAs(ONE);
  }

  @Test
  void leavesOutWhatDoesNotFitAtAll() {
    cache.put(BLAKE3, "1", ONE);
    cache.put(BLAKE3, "large", new byte[740 - 256 + 1]);

    assertThat(cache.get(BLAKE3, "1")).isSameAs(ONE);
    assertThat(cache.get(BLAKE3, "large")).isNull();
  }

  @Test
  void countsWhatAnEntryTakesBesideItsPayload() {
    PayloadCache small = new PayloadCache(10_000);
    for (int i = 0; i < 1_000; i++) {
      small.put(BLAKE3, Integer.toString(i), new byte[4]);
    }
    assertThat(
            IntStream.range(0, 1_000).filter(i -> small.get(BLAKE3, Integer.toString(i)) != null))
        .hasSizeLessThan(40);
  }
}
