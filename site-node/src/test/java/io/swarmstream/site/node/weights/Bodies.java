package io.swarmstream.site.node.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Safetensors bodies as other languages write them. */
final class Bodies {
  static final ModelLayout LAYOUT =
      new ModelLayout(
          List.of(new TensorShape("w", List.of(2L, 2L)), new TensorShape("b", List.of(1L))));

  private Bodies() {}

  /** Tensor b first, as F64, then w, as F32. */
  static InputStream otherOrder(double b, float... w) {
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(b);
    for (float value : w) {
      data.putFloat(value);
    }
    return of(
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[8,24]},"
            + "\"b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        data.array());
  }

  static InputStream of(String header, byte[] data) {
    byte[] json = header.getBytes(UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return new ByteArrayInputStream(bytes.putLong(json.length).put(json).put(data).array());
  }
}
