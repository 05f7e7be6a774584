package io.swarmstream.site.node.http;

import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.site.node.session.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes a merged model as safetensors, piece by piece. */
final class ModelAnswer {
  private static final int PIECE = 65_536;

  private ModelAnswer() {}

  static Answer of(Session session, FlatVector model) {
    byte[] header = SafetensorsHeader.ofFloats(session.training().layout());
    long size = session.training().terms().trainedParameters();
    return new Answer(
        200,
        Described.Content.SAFETENSORS,
        header.length + size * Float.BYTES,
        out -> {
          out.write(header);
          write(model, size, out);
        },
        Map.of());
  }

  private static void write(FlatVector model, long size, OutputStream out) throws IOException {
    float[] piece = new float[PIECE];
    for (long at = 0; at < size; at += PIECE) {
      int count = (int) Math.min(PIECE, size - at);
      model.read(at, piece, count);
      out.write(FloatCodec.encode(piece, 0, count));
    }
  }
}
