package io.swarmstream.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.kafka.SignatureHeader;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordSchemasTest {
  private static final KafkaSinkContext NO_CONTEXT =
      new KafkaSinkContext() {
        @Override
        public int getParallelInstanceId() {
          return 0;
        }

        @Override
        public int getNumberOfParallelInstances() {
          return 1;
        }

        @Override
        public int[] getPartitionsForTopic(String topic) {
          return new int[] {0};
        }
      };

  private final InboundRecordDeserializer deserializer = new InboundRecordDeserializer();
  private final OutboundRecordSerializer serializer = new OutboundRecordSerializer();

  @Test
  void takesARecordAsItIs() {
    assertThat(deserialized("abc".getBytes(UTF_8)))
        .containsExactly(new InboundRecord("x.deltas", 3, 42, -1, "abc".getBytes(UTF_8)));
  }

  @Test
  void takesATombstoneAsARecordWithoutBytes() {
    assertThat(deserialized(null))
        .containsExactly(new InboundRecord("x.deltas", 3, 42, -1, new byte[0]));
  }

  @Test
  void needsNoGenericSerializer() {
    assertThat(deserializer.getProducedType()).isInstanceOf(PojoTypeInfo.class);
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);
    assertThat(deserializer.getProducedType().createSerializer(strict)).isNotNull();
  }

  @Test
  void keepsTheSignatureBesideTheBytes() {
    RecordSignature signature =
        RecordSignature.pending(Hash.ZERO).sign(SiteKey.ofSeed(1), "x.rounds", new byte[] {1, 2});
    ProducerRecord<byte[], byte[]> sent =
        serializer.serialize(
            new OutboundRecord("x.rounds", "7", new byte[] {1, 2}).with(signature), NO_CONTEXT, 0L);
    assertThat(sent.value()).containsExactly(1, 2);
    ConsumerRecord<byte[], byte[]> read =
        new ConsumerRecord<>("x.rounds", 3, 42, new byte[0], sent.value());
    sent.headers().forEach(read.headers()::add);
    assertThat(SignatureHeader.of(read)).contains(signature);
    assertThat(signature.signer("x.rounds", sent.value())).contains(SiteKey.ofSeed(1).address());
    read.headers().add(RecordSignature.HEADER, new byte[3]);
    assertThat(SignatureHeader.of(read)).isEmpty();
  }

  @Test
  void sendsToTheTopicNamedWithoutATimestamp() {
    OutboundRecord record = new OutboundRecord("x.models", "7", new byte[] {1, 2});

    ProducerRecord<byte[], byte[]> sent = serializer.serialize(record, NO_CONTEXT, Long.MAX_VALUE);

    assertThat(sent.topic()).isEqualTo("x.models");
    assertThat(sent.key()).isEqualTo("7".getBytes(UTF_8));
    assertThat(sent.value()).containsExactly(1, 2);
    assertThat(sent.timestamp()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void letsARestartedSinkLookThroughEachTopic(Topic topic) {
    KafkaDatasetIdentifier topics =
        serializer.getKafkaDatasetFacet().orElseThrow().getTopicIdentifier();
    assertThat(topic.of("any.contract")).matches(topics.getTopicPattern());
  }

  private List<InboundRecord> deserialized(byte @Nullable [] value) {
    List<InboundRecord> out = new ArrayList<>();
    deserializer.deserialize(
        new ConsumerRecord<>("x.deltas", 3, 42, null, value), new ListCollector<>(out));
    return out;
  }
}
