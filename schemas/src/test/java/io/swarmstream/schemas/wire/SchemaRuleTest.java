package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaRuleTest {

  static List<GoldenRecord<?>> records() {
    return GoldenRecord.all();
  }

  @Test
  void holdsFromEachCommittedVersionToTheNext() throws IOException {
    List<SchemaFolder> versions = SchemaFolder.versions();
    for (int i = 1; i < versions.size(); i++) {
      assertThat(versions.get(i - 1).violations(versions.get(i))).as("v%d", i + 1).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void writersWriteACommittedVersion(GoldenRecord<?> golden) throws IOException {
    List<Schema> versions = SchemaFolder.versionsOf(golden.schema().getName());

    assertThat(golden.format().newestVersion()).isEqualTo(versions.size());
    assertThat(SchemaNormalization.toParsingForm(golden.schema()))
        .isEqualTo(SchemaNormalization.toParsingForm(versions.get(golden.version() - 1)));
  }

  @ParameterizedTest
  @MethodSource("records")
  void readersKnowTheNewestCommittedVersion(GoldenRecord<?> golden) throws IOException {
    List<Schema> versions = SchemaFolder.versionsOf(golden.schema().getName());

    assertThat(SchemaNormalization.toParsingForm(golden.value().getSchema()))
        .isEqualTo(SchemaNormalization.toParsingForm(versions.get(versions.size() - 1)));
  }

  @Test
  void knowsEverySchemaAsFrozenOrAsAKindOfRecord() throws IOException {
    List<String> kinds =
        records().stream().map(golden -> golden.value().getSchema().getName()).toList();
    for (SchemaFolder version : SchemaFolder.versions()) {
      assertThat(version.schemas().keySet())
          .allMatch(name -> SchemaFolder.FROZEN.contains(name) || kinds.contains(name));
    }
  }

  @Test
  void letsARecordGrowAtItsEndWithADefault() {
    String grown = field("site", "string") + "," + field("round", "long") + "," + defaulted("note");

    assertThat(
            notice(field("site", "string") + "," + field("round", "long"))
                .violations(notice(grown)))
        .isEmpty();
  }

  @Test
  void letsDocumentationChange() {
    String documented = "{\"name\": \"site\", \"type\": \"string\", \"doc\": \"clearer now\"}";

    assertThat(notice(field("site", "string")).violations(notice(documented))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "site:string,round:long | site:string,round:long,note:string | is new and has no default",
        "site:string,round:long | site:string                        | round is gone",
        "site:string,round:long | round:long,site:string             | was site and is round",
        "site:string,round:long | site:string,step:long              | was round and is step",
        "site:string,round:long | site:string,round:int              | was round and is round",
        "site:string,round:long | site:string,note:long,round:long   | was round and is note",
      })
  void bitesWhereARecordChangesOtherwise(String old, String young, String violation) {
    assertThat(notice(fields(old)).violations(notice(fields(young))))
        .anySatisfy(found -> assertThat(found).contains(violation));
  }

  @Test
  void bitesWhereAFrozenRecordGrows() {
    SchemaFolder old = folder("Participant", field("site", "string"));
    SchemaFolder young = folder("Participant", field("site", "string") + "," + defaulted("note"));

    assertThat(old.violations(young)).containsExactly("Participant is frozen and has changed");
  }

  @Test
  void bitesWhereARecordIsGone() {
    assertThat(notice(field("site", "string")).violations(new SchemaFolder(Map.of())))
        .containsExactly("RoundNotice is gone");
  }

  private static SchemaFolder notice(String fields) {
    return folder("RoundNotice", fields);
  }

  private static SchemaFolder folder(String record, String fields) {
    return new SchemaFolder(
        Map.of(
            record,
            new Schema.Parser()
                .parse(
                    "{\"type\": \"record\", \"name\": \"%s\", \"fields\": [%s]}"
                        .formatted(record, fields))));
  }

  private static String fields(String namesAndTypes) {
    return namesAndTypes.replaceAll("(\\w+):(\\w+)", "{\"name\": \"$1\", \"type\": \"$2\"}");
  }

  private static String field(String name, String type) {
    return fields(name + ":" + type);
  }

  private static String defaulted(String name) {
    return "{\"name\": \"%s\", \"type\": \"string\", \"default\": \"\"}".formatted(name);
  }
}
