package io.swarmstream.tasks.definitions;

import io.swarmstream.clients.chain.tasks.TaskBoard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A task agent's profile: which taskrunner it serves, and which sites it runs.
 *
 * @param group prefix of the names of containers
 * @param policy file with the policy; empty: the owner is asked for each run
 * @param manager kind of resource manager
 * @param network of the containers; empty: the agent decides
 * @param licenceServer means nothing here
 * @param networkNode wins over options of the command line
 * @param siteVariables environment of all sites
 * @param dns servers for names in containers
 * @param sites by their index
 * @param warnings what is probably not meant, such as unknown fields
 */
public record AgentProfile(
    String group,
    String taskrunner,
    Optional<String> policy,
    Manager manager,
    Optional<String> network,
    ServerPlace licenceServer,
    ServerPlace networkNode,
    Variables siteVariables,
    List<String> dns,
    List<SiteProfile> sites,
    List<DefinitionWarning> warnings) {
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
  private static final String[] FIELDS = {
    "groupname",
    "taskrunner",
    "policyuri",
    "resourcemgr",
    "network",
    "apls",
    "apisrv",
    "envvars",
    "dns",
    "nodes"
  };

  /** Kinds of resource managers. */
  public enum Manager {
    DOCKER,
    /** Ours: without an engine. */
    PROCESS
  }

  /** Copies the lists. */
  public AgentProfile {
    dns = List.copyOf(dns);
    sites = List.copyOf(sites);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a profile.
   *
   * @param source name of the text for messages, such as its file's
   * @throws DefinitionException with line and column of what is wrong
   */
  public static AgentProfile parse(String source, String text) {
    YamlValue document = YamlDocument.read(source, text);
    YamlFields fields = YamlFields.of(document, FIELDS);
    AgentProfile profile =
        new AgentProfile(
            group(fields.required("groupname", "a prefix for containers' names")),
            fields
                .optionalText("taskrunner", "a taskrunner's name")
                .orElse(TaskBoard.DEFAULT_TASKRUNNER),
            fields.optional("policyuri", AgentProfile::policy),
            fields.optional("resourcemgr", AgentProfile::manager).orElse(Manager.DOCKER),
            fields.optional("network", AgentProfile::network),
            fields.optional("apls", ServerPlace::read).orElse(ServerPlace.NOWHERE),
            fields.optional("apisrv", ServerPlace::read).orElse(ServerPlace.NOWHERE),
            fields.optional("envvars", Variables::read).orElse(Variables.NONE),
            fields.optional("dns", AgentProfile::texts).orElse(List.of()),
            sites(fields.required("nodes", "a list with a slnodedef for each site")),
            List.of());
    fields.warnAboutTheRest();
    return profile.with(document.source().warnings());
  }

  private AgentProfile with(List<DefinitionWarning> found) {
    return new AgentProfile(
        group,
        taskrunner,
        policy,
        manager,
        network,
        licenceServer,
        networkNode,
        siteVariables,
        dns,
        sites,
        found);
  }

  private static String group(YamlValue value) {
    String text = value.text("a prefix for containers' names").strip();
    if (!GROUP.matcher(text).matches()) {
      throw value.problem(
          "is '" + text + "'",
          "1 to 63 letters, digits, '_', '.' and '-', the first a letter or digit");
    }
    return text;
  }

  private static String policy(YamlValue value) {
    String text = value.text("a policy's file or ~");
    ContainerPaths.warnAboutPlaceholder(value, text);
    return text;
  }

  private static String network(YamlValue value) {
    String text = value.text("a network's name");
    ContainerPaths.warnAboutPlaceholder(value, text);
    return text;
  }

  private static List<String> texts(YamlValue value) {
    return value.list().stream().map(element -> element.text("an address")).toList();
  }

  private static Manager manager(YamlValue value) {
    if (!value.isMap() && !value.isList()) {
      return value.oneOf(Manager.class);
    }
    YamlFields fields = YamlFields.of(value, "mgrtype", "accessinfo");
    Manager manager = fields.required("mgrtype", "DOCKER or PROCESS").oneOf(Manager.class);
    fields
        .take("accessinfo")
        .filter(field -> !field.isNull())
        .ifPresent(
            info -> {
              YamlFields access = YamlFields.of(info, "accesstype");
              access
                  .take("accesstype")
                  .filter(
                      type -> !type.isNull() && !type.text("FROMENV").equalsIgnoreCase("FROMENV"))
                  .ifPresent(
                      type -> type.warn("accesstype is ignored; DOCKER_HOST or an option counts"));
              access.warnAboutTheRest();
            });
    fields.warnAboutTheRest();
    return manager;
  }

  private static List<SiteProfile> sites(YamlValue value) {
    List<SiteProfile> sites = new ArrayList<>();
    Set<Integer> indices = new HashSet<>();
    for (YamlValue element : value.list()) {
      SiteProfile site = SiteProfile.read(element, sites.size());
      if (!indices.add(site.index())) {
        throw element.problem("has idx " + site.index() + " a second time", "an idx of its own");
      }
      sites.add(site);
    }
    if (sites.isEmpty()) {
      throw value.problem("is empty", "a slnodedef for each site");
    }
    sites.sort(java.util.Comparator.comparingInt(SiteProfile::index));
    return sites;
  }
}
