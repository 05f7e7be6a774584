package io.swarmstream.clients.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsedKeysTest {
  private final List<UsedKeys.Bound> chain = new ArrayList<>();
  private final List<Long> readFrom = new ArrayList<>();
  private long newest = 100;

  private final UsedKeys keys =
      new UsedKeys(
          0,
          () -> newest,
          (first, last) -> {
            readFrom.add(first);
            return chain.stream().filter(it -> it.block() >= first && it.block() <= last).toList();
          });

  @Test
  void knowsKeysAndSpiffeIdsThatWereBound() {
    chain.add(new UsedKeys.Bound(3, "aa", ""));
    chain.add(new UsedKeys.Bound(99, "", "spiffe://a.org/site"));

    assertThat(keys.haveAny("aa", "")).isTrue();
    assertThat(keys.haveAny("", "spiffe://a.org/site")).isTrue();
    assertThat(keys.haveAny("bb", "spiffe://a.org/other")).isFalse();
    assertThat(keys.haveAny("", "")).as("empty values are nobody's").isFalse();
  }

  @Test
  void readsSettledBlocksOnce() {
    chain.add(new UsedKeys.Bound(3, "aa", ""));
    keys.follow();
    newest = 110;

    assertThat(keys.haveAny("aa", "")).isTrue();
    assertThat(readFrom).containsExactly(0L, 85L);
  }

  @Test
  void forgetsABindingWhoseBlockWasReplaced() {
    UsedKeys.Bound replaced = new UsedKeys.Bound(99, "aa", "");
    chain.add(replaced);
    assertThat(keys.haveAny("aa", "")).isTrue();

    chain.remove(replaced);

    assertThat(keys.haveAny("aa", "")).isFalse();
  }
}
