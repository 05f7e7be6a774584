package io.swarmstream.tasks.definitions;

/**
 * Content that every trainer of a run sees.
 *
 * @param source path or name of a volume
 * @param target absolute path in the container
 */
public record SharedFolder(String source, String target, MountType type) {
  static SharedFolder read(YamlValue value) {
    YamlFields fields = YamlFields.of(value, "Src", "Tgt", "MType");
    MountType type =
        fields.optional("MType", field -> field.oneOf(MountType.class)).orElse(MountType.BIND);
    YamlValue source = fields.required("Src", "a path or a volume's name");
    YamlValue target = fields.required("Tgt", ContainerPaths.EXPECTED);
    fields.warnAboutTheRest();
    return new SharedFolder(
        ContainerPaths.source(source, type), ContainerPaths.absolute(target), type);
  }

  void write(YamlLines lines) {
    lines.pair(0, "Src", java.util.Optional.of(source));
    lines.field(2, "Tgt", target);
    lines.field(2, "MType", type.name());
  }
}
