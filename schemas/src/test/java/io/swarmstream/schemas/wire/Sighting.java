package io.swarmstream.schemas.wire;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** A record that has evolved once, for tests of evolution while no real one has. */
public final class Sighting extends SpecificRecordBase {
  private static final long serialVersionUID = 1L;

  private static final String FIELDS_OF_V1 =
      """
      {"name": "bird", "type": {"type": "string", "avro.java.string": "String"}},
      {"name": "count", "type": "long"}
      """;

  static final Schema V1 = schema(FIELDS_OF_V1);
  static final Schema V2 =
      schema(
          FIELDS_OF_V1
              + """
              , {"name": "place", "type": {"type": "string", "avro.java.string": "String"}, "default": "unknown"}
              """);

  String bird = "";
  long count;
  String place = "";

  public Sighting() {}

  Sighting(String bird, long count, String place) {
    this.bird = bird;
    this.count = count;
    this.place = place;
  }

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "Sighting", "namespace": "io.swarmstream.schemas.wire", "fields": [%s]}
            """
                .formatted(fields));
  }

  @Override
  public Schema getSchema() {
    return V2;
  }

  @Override
  public Object get(int field) {
    return switch (field) {
      case 0 -> bird;
      case 1 -> count;
      case 2 -> place;
      default -> throw new IndexOutOfBoundsException(field);
    };
  }

  @Override
  public void put(int field, Object value) {
    switch (field) {
      case 0 -> bird = (String) value;
      case 1 -> count = (Long) value;
      case 2 -> place = (String) value;
      default -> throw new IndexOutOfBoundsException(field);
    }
  }
}
