package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.hashing.Hash;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class WireFormatTest {
  private static final SiteEvent EVENT =
      new SiteEvent(
          "demo",
          Hash.ZERO.toAvro(),
          "0xa1",
          SiteEvents.JOINED,
          7L,
          ByteBuffer.wrap(new byte[] {1, 2}));

  /** A fetch of several records: ours stands between others. */
  private static ByteBuffer amidst(byte[] record, int length) {
    ByteBuffer fetched = ByteBuffer.allocate(record.length + 20);
    fetched.position(3);
    // A slice in a slice: a place in the array that is neither buffer's own.
    ByteBuffer outer = fetched.slice();
    outer.put(5, record).position(5).limit(5 + length);
    return outer;
  }

  @Test
  void readsARecordThatIsAViewOfMore() throws Exception {
    byte[] record = WireFormat.SITE_EVENT.encode(EVENT);
    ByteBuffer view = amidst(record, record.length);
    assertThat(WireFormat.SITE_EVENT.frames(view)).isTrue();
    assertThat(WireFormat.MODEL_CHUNK.frames(view)).isFalse();
    assertThat(WireFormat.SITE_EVENT.decode(view)).isEqualTo(EVENT);
    assertThat(view.remaining()).as("the buffer stays as it is").isEqualTo(record.length);
  }

  @Test
  void readsNothingBehindAView() {
    byte[] record = WireFormat.SITE_EVENT.encode(EVENT);
    assertThatThrownBy(() -> WireFormat.SITE_EVENT.decode(amidst(record, record.length - 1)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("not a whole SiteEvent");
    assertThatThrownBy(() -> WireFormat.SITE_EVENT.decode(amidst(record, record.length + 1)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("bytes are left");
    assertThat(WireFormat.SITE_EVENT.frames(amidst(record, 3))).isFalse();
  }
}
