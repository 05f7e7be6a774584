package io.swarmstream.licence;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An entitlement as its issuer writes it, in YAML. */
public final class EntitlementFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private EntitlementFile() {}

  /**
   * Reads the file. The time of issue is added.
   *
   * @throws IllegalArgumentException naming the field that is wrong
   */
  public static Entitlement read(Path file, Instant now) throws IOException {
    try {
      if (!(YAML.readTree(TextFile.read(file)) instanceof ObjectNode fields)) {
        throw new IllegalArgumentException(
            file + " is no entitlement; it has study, until and organisations");
      }
      if (!fields.has("issued")) {
        fields.put("issued", now.truncatedTo(ChronoUnit.SECONDS).toString());
      }
      return YAML.treeToValue(fields, Entitlement.class);
    } catch (JacksonException e) {
      Throwable cause = e.getCause();
      String why =
          cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
      throw new IllegalArgumentException(file + ": " + why, e);
    }
  }
}
