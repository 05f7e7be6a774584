package io.swarmstream.schemas.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of one version, and the rule by which they may differ from the last. The folder of a
 * version has what is new in it; the rest is as it was.
 */
record SchemaFolder(Map<String, Schema> schemas) {
  /** Parts of other records, in the order in which they use each other. */
  static final List<String> FROZEN =
      List.of(
          "Hash32", "ContributionHeader", "Participant", "MaskMember", "MaskShare", "MaskOffer");

  private static final Path AVRO = Path.of("src/main/avro");

  /** All versions, oldest first. */
  static List<SchemaFolder> versions() throws IOException {
    List<SchemaFolder> versions = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    for (Path at = AVRO.resolve("v1"); Files.isDirectory(at); ) {
      folders.add(0, at);
      versions.add(read(folders));
      at = AVRO.resolve("v" + (versions.size() + 1));
    }
    return versions;
  }

  /** The committed versions of one record, oldest first. */
  static List<Schema> versionsOf(String name) throws IOException {
    List<Schema> distinct = new ArrayList<>();
    for (SchemaFolder version : versions()) {
      Schema schema = version.schemas.get(name);
      if (schema == null) {
        continue; // the kind came later
      }
      if (distinct.isEmpty() || !distinct.get(distinct.size() - 1).equals(schema)) {
        distinct.add(schema);
      }
    }
    return distinct;
  }

  /** Each record from the first of the folders, newest first, that has it. */
  private static SchemaFolder read(List<Path> folders) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.list(folder)) {
        all.forEach(
            file -> files.putIfAbsent(file.getFileName().toString().replace(".avsc", ""), file));
      }
    }
    Schema.Parser parser = new Schema.Parser();
    Map<String, Schema> schemas = new TreeMap<>();
    for (String name : FROZEN) {
      @Nullable Path file = files.remove(name);
      if (file != null) { // else it came later
        schemas.put(name, parser.parse(file.toFile()));
      }
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      schemas.put(file.getKey(), parser.parse(file.getValue().toFile()));
    }
    return new SchemaFolder(schemas);
  }

  /** What in the next version breaks the rule of {@link WireFormat}; empty when nothing does. */
  List<String> violations(SchemaFolder next) {
    List<String> violations = new ArrayList<>();
    schemas.forEach(
        (name, old) -> {
          Schema young = next.schemas.get(name);
          if (young == null) {
            violations.add(name + " is gone");
          } else if (FROZEN.contains(name)) {
            if (!form(old).equals(form(young))) {
              violations.add(name + " is frozen and has changed");
            }
          } else {
            compareFields(name, old.getFields(), young.getFields(), violations);
          }
        });
    return violations;
  }

  private static void compareFields(
      String record, List<Schema.Field> old, List<Schema.Field> young, List<String> violations) {
    for (int i = 0; i < Math.max(old.size(), young.size()); i++) {
      if (i >= young.size()) {
        violations.add(record + "." + old.get(i).name() + " is gone");
      } else if (i >= old.size()) {
        if (!young.get(i).hasDefaultValue()) {
          violations.add(record + "." + young.get(i).name() + " is new and has no default");
        }
      } else if (!sameField(old.get(i), young.get(i))) {
        violations.add(
            "field %d of %s was %s and is %s"
                .formatted(i, record, old.get(i).name(), young.get(i).name()));
      }
    }
  }

  private static boolean sameField(Schema.Field old, Schema.Field young) {
    return old.name().equals(young.name()) && form(old.schema()).equals(form(young.schema()));
  }

  /** Without documentation and whatever else does not show in the bytes. */
  private static String form(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }
}
