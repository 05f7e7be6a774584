package io.swarmstream.connectors.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.Test;

class ChainSplitReaderTest {
  private final FakeEventLog chain = new FakeEventLog();

  @Test
  void waitsThroughAnOutageAndLosesNothing() {
    ChainSplitReader reader = readerFrom(0, 0, 0);
    chain.with(3, 0).isAway = true;
    assertThat(fetch(reader)).isEmpty();
    assertThat(fetch(reader)).isEmpty();

    chain.isAway = false;

    assertThat(fetch(reader)).containsExactly("3/0 then 3/1", "then 4/0");
  }

  @Test
  void goesOnInTheMiddleOfABlock() {
    chain.with(4, 7).with(5, 1).with(5, 4).with(5, 9).with(6, 0);

    assertThat(fetch(readerFrom(5, 2, 0)))
        .containsExactly("5/4 then 5/5", "5/9 then 5/10", "6/0 then 6/1", "then 7/0");
  }

  @Test
  void leavesBlocksAloneUntilTheyAreConfirmed() {
    chain.with(8, 0).with(9, 0).with(10, 0);
    ChainSplitReader reader = readerFrom(8, 0, 2);

    assertThat(fetch(reader)).containsExactly("8/0 then 8/1", "then 9/0");
    assertThat(fetch(reader)).isEmpty();
    chain.newestBlock = 11;
    assertThat(fetch(reader)).containsExactly("9/0 then 9/1", "then 10/0");
  }

  @Test
  void readsALongChainInPages() {
    chain.with(4_500, 0);
    ChainSplitReader reader = readerFrom(0, 0, 0);

    assertThat(fetch(reader)).containsExactly("then 2000/0");
    assertThat(fetch(reader)).containsExactly("then 4000/0");
    assertThat(fetch(reader)).containsExactly("4500/0 then 4500/1", "then 4501/0");
  }

  @Test
  void asksForLessWhenTheNodeRefusesAPage() {
    chain.with(1_999, 0).largestPage = 500;
    ChainSplitReader reader = readerFrom(0, 0, 0);
    List<String> read = new ArrayList<>();
    for (int i = 0; i < 20 && !read.contains("then 2000/0"); i++) {
      read.addAll(fetch(reader));
    }

    assertThat(read).contains("1999/0 then 1999/1", "then 2000/0");
    assertThat(chain.pages).startsWith("0-1999", "0-999", "0-499");
  }

  @Test
  void doesNotGoBackWhenTheChainDoes() {
    chain.with(5, 0);
    ChainSplitReader reader = readerFrom(0, 0, 0);
    assertThat(fetch(reader)).containsExactly("5/0 then 5/1", "then 6/0");

    chain.newestBlock = 3;
    assertThat(fetch(reader)).isEmpty();
    chain.with(6, 0);
    assertThat(fetch(reader)).containsExactly("6/0 then 6/1", "then 7/0");
  }

  @Test
  void canBeWokenFromALongWait() {
    ChainSplitReader reader = new ChainSplitReader(chain, 0, Duration.ofHours(1));
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(new ChainSplit(1, 0))));
    reader.wakeUp();

    long before = System.nanoTime();
    assertThat(fetch(reader)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMinutes(1));
  }

  private ChainSplitReader readerFrom(long block, long logIndex, int confirmations) {
    ChainSplitReader reader = new ChainSplitReader(chain, confirmations, Duration.ofMillis(1));
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(new ChainSplit(block, logIndex))));
    return reader;
  }

  /** What one fetch brings: the event's own place if there is one, and the place after it. */
  private static List<String> fetch(ChainSplitReader reader) {
    List<String> read = new ArrayList<>();
    RecordsWithSplitIds<ReadEvent> page = reader.fetch();
    while (page.nextSplit() != null) {
      for (ReadEvent event = page.nextRecordFromSplit();
          event != null;
          event = page.nextRecordFromSplit()) {
        String place = event.event() == null ? "" : event.event().siteName() + " ";
        read.add(place + "then " + event.next().block() + "/" + event.next().logIndex());
      }
    }
    return read;
  }
}
