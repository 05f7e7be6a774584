package io.swarmstream.tasks.definitions;

import java.util.Optional;

/**
 * Where a server of a profile is.
 *
 * @param service name and port at a reverse proxy; comes before host and port
 */
public record ServerPlace(Optional<String> host, Optional<Integer> port, Optional<String> service) {
  /** Nowhere: options of the command line say it. */
  public static final ServerPlace NOWHERE =
      new ServerPlace(Optional.empty(), Optional.empty(), Optional.empty());

  private static final int HIGHEST_PORT = 65_535;

  /** Reads what {@code apls} and {@code apisrv} have: a map with a {@code locator}. */
  static ServerPlace read(YamlValue value) {
    YamlValue inner = YamlFields.inside(value, "locator");
    if (inner.isNull()) {
      return NOWHERE;
    }
    YamlFields fields = YamlFields.of(inner, "host", "port", "service");
    ServerPlace place =
        new ServerPlace(
            fields.optional(
                "host",
                field -> {
                  String text = field.text("a host's name or address");
                  ContainerPaths.warnAboutPlaceholder(field, text);
                  return text;
                }),
            fields.optional("port", ServerPlace::port),
            fields.optionalText("service", "a service's name and port"));
    fields.warnAboutTheRest();
    return place;
  }

  static int port(YamlValue value) {
    return value.number(0, HIGHEST_PORT, "a port from 0 to 65535");
  }
}
