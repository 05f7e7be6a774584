package io.swarmstream.tasks.definitions;

import java.util.List;
import java.util.Optional;

/**
 * A part of a site's identity.
 *
 * @param source path on the host, or name of a volume
 * @param target path in HPE's container; means nothing here
 * @param subPath below the target
 */
public record IdentityAttribute(
    Part part, MountType type, String source, Optional<String> target, Optional<String> subPath) {
  /** What the source is. */
  public enum Part {
    KEY,
    CERT,
    CACERT,
    CAPATH,
    SPIFFE_SOCKETPATH
  }

  /** Reads a list whose elements are, or contain as {@code attribute}, such parts. */
  static List<IdentityAttribute> readAll(YamlValue value) {
    return value.list().stream().map(IdentityAttribute::read).toList();
  }

  private static IdentityAttribute read(YamlValue value) {
    YamlFields fields =
        YamlFields.of(
            YamlFields.inside(value, "attribute"), "aType", "mType", "src", "tgt", "subPath");
    MountType type =
        fields.optional("mType", field -> field.oneOf(MountType.class)).orElse(MountType.BIND);
    IdentityAttribute attribute =
        new IdentityAttribute(
            fields
                .required("aType", "KEY, CERT, CACERT, CAPATH or SPIFFE_SOCKETPATH")
                .oneOf(Part.class),
            type,
            ContainerPaths.source(fields.required("src", "a path"), type),
            fields.optionalText("tgt", "a path"),
            fields.optionalText("subPath", "a path"));
    fields.warnAboutTheRest();
    return attribute;
  }
}
