package io.swarmstream.connectors.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ContractEventTypeTest {
  @Test
  void isNoGenericType() {
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);

    assertThat(TypeInformation.of(ContractEvent.class)).isInstanceOf(PojoTypeInfo.class);
    assertThat(TypeInformation.of(Anchor.class)).isInstanceOf(PojoTypeInfo.class);
    // Throws when any part needs Kryo.
    assertThat(TypeInformation.of(ContractEvent.class).createSerializer(strict)).isNotNull();
    assertThat(TypeInformation.of(Anchor.class).createSerializer(strict)).isNotNull();
  }

  @Test
  void survivesSerialization() throws Exception {
    ContractTerms terms =
        new ContractTerms(
            "mnist",
            "eip155:1:0x0",
            "mean",
            2,
            0,
            8,
            4,
            DeltaEncoding.BFLOAT16,
            64,
            Hash.ZERO.hex(),
            new Limits("norm=2"),
            PayloadHash.BLAKE3);

    assertSurvives(ContractEvent.created(7, 3, terms, "0xc0"));
    assertSurvives(ContractEvent.enrolled(8, 0, "mnist", "0xab", "hospital-a", 100));
    assertSurvives(ContractEvent.removed(9, 1, "mnist", "0xab"));
  }

  private static void assertSurvives(ContractEvent event) throws Exception {
    TypeSerializer<ContractEvent> serializer =
        TypeInformation.of(ContractEvent.class).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(256);
    serializer.serialize(event, out);

    assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(event);
  }
}
