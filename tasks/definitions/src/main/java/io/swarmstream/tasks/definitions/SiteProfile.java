package io.swarmstream.tasks.definitions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A site and its trainer in a profile.
 *
 * @param index from 0, unique in the profile
 * @param identity empty: the agent's folder has it
 * @param siteHost name of the site's host
 * @param siteAddress at which others reach the site; means nothing here, because sites only open
 *     connections
 * @param sitePort like it
 * @param siteService like it
 * @param siteVariables environment of the site; comes before the profile's
 * @param siteAddressInNetwork fixed address in the engine's network
 * @param trainerHost host name of the trainer's container
 * @param trainerVariables environment of the trainer; comes before the task's
 */
public record SiteProfile(
    int index,
    List<IdentityAttribute> identity,
    Optional<String> siteHost,
    Optional<String> siteAddress,
    Optional<Integer> sitePort,
    Optional<String> siteService,
    Variables siteVariables,
    Map<String, String> siteLabels,
    Optional<String> siteAddressInNetwork,
    Optional<String> trainerHost,
    Variables trainerVariables,
    Map<String, String> trainerLabels,
    Optional<String> trainerAddressInNetwork,
    Optional<PrivateData> privateData,
    ContainerOptions options) {
  private static final String[] FIELDS = {
    "idx",
    "identity",
    "slhostname",
    "slhostip",
    "slport",
    "slfsservice",
    "slenvvars",
    "sllabels",
    "slnetworkopts",
    "usrhostname",
    "usrenvvars",
    "usrlabels",
    "usrnetworkopts",
    "privatedata",
    "usrcontaineropts"
  };

  /** The site's own data; the task says where the trainer sees it. */
  public record PrivateData(String source, MountType type) {}

  static SiteProfile read(YamlValue value, int position) {
    YamlFields fields = YamlFields.of(YamlFields.inside(value, "slnodedef"), FIELDS);
    SiteProfile site =
        new SiteProfile(
            fields
                .optional("idx", field -> field.number(0, 9999, "a whole number from 0"))
                .orElse(position),
            fields.optional("identity", IdentityAttribute::readAll).orElse(List.of()),
            fields.optionalText("slhostname", "a host's name"),
            fields.optionalText("slhostip", "an address or a host's name"),
            fields.optional("slport", ServerPlace::port),
            fields.optionalText("slfsservice", "a service's name and port"),
            fields.optional("slenvvars", Variables::read).orElse(Variables.NONE),
            labels(fields, "sllabels"),
            address(fields, "slnetworkopts"),
            fields.optionalText("usrhostname", "a host's name"),
            fields.optional("usrenvvars", Variables::read).orElse(Variables.NONE),
            labels(fields, "usrlabels"),
            address(fields, "usrnetworkopts"),
            fields.optional("privatedata", SiteProfile::data),
            fields
                .optional("usrcontaineropts", ContainerOptions::read)
                .orElse(ContainerOptions.NONE));
    fields.warnAboutTheRest();
    return site;
  }

  private static PrivateData data(YamlValue value) {
    YamlFields fields = YamlFields.of(value, "src", "mType");
    MountType type =
        fields.optional("mType", field -> field.oneOf(MountType.class)).orElse(MountType.BIND);
    YamlValue source = fields.required("src", "a path or a volume's name");
    fields.warnAboutTheRest();
    return new PrivateData(ContainerPaths.source(source, type), type);
  }

  /** Labels: a map, or a list of names. */
  private static Map<String, String> labels(YamlFields fields, String name) {
    Map<String, String> labels = new LinkedHashMap<>();
    fields
        .optional(name, value -> value)
        .ifPresent(
            value -> {
              for (YamlValue element : value.list()) {
                if (element.isMap()) {
                  element
                      .entries("a map of labels")
                      .forEach(
                          (key, text) -> labels.put(key, text.optionalText("a text").orElse("")));
                } else {
                  labels.put(element.text("a label"), "");
                }
              }
            });
    return Map.copyOf(labels);
  }

  private static Optional<String> address(YamlFields fields, String name) {
    return fields
        .optional(name, value -> value)
        .flatMap(
            value -> {
              YamlFields options = YamlFields.of(value, "ip");
              Optional<String> address = options.optionalText("ip", "an IP address");
              options.warnAboutTheRest();
              return address;
            });
  }
}
