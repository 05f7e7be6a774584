package io.swarmstream.tasks.policy;

import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.tasks.definitions.ContainerOptions;
import io.swarmstream.tasks.definitions.PolicyDefinition;
import io.swarmstream.tasks.definitions.PolicyDefinition.DataRule;
import io.swarmstream.tasks.definitions.PolicyDefinition.Otherwise;
import io.swarmstream.tasks.policy.PolicyRequest.AskedMount;
import io.swarmstream.tasks.policy.PolicyVerdict.Decision;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.TrainerMount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides what tasks may do on this host: by the owner's policy file, or, without one, by asking
 * the owner each time.
 */
public final class RunPolicy {
  private final Optional<PolicyDefinition> file;
  private final String name;
  private final Set<String> accepted;
  private final boolean acceptsAll;
  private final List<Path> closed;

  private RunPolicy(
      Optional<PolicyDefinition> file,
      String name,
      Set<String> accepted,
      boolean acceptsAll,
      List<Path> closed) {
    this.file = file;
    this.name = name;
    this.accepted = Set.copyOf(accepted);
    this.acceptsAll = acceptsAll;
    this.closed = List.copyOf(closed);
  }

  /** A policy without a file: the owner is asked about everything. */
  public static RunPolicy asking() {
    return new RunPolicy(Optional.empty(), "", Set.of(), false, List.of());
  }

  /** The policy of a file's text. */
  public static RunPolicy of(String name, String text) {
    PolicyDefinition file = PolicyDefinition.parse(name, text);
    return new RunPolicy(Optional.of(file), name, Set.of(), false, List.of());
  }

  /**
   * The policy that a profile names.
   *
   * @param uri path or file URI; relative to the folder
   * @param folder of the profile
   */
  public static RunPolicy named(Optional<String> uri, Path folder) {
    if (uri.isEmpty()) {
      return asking();
    }
    String text = uri.get();
    if (text.matches("[a-z]+:.*") && !text.startsWith("file:")) {
      throw new IllegalArgumentException(
          "policyuri is '"
              + text
              + "', expected a file of this host: its owner decides, nobody else");
    }
    Path path = folder.resolve(text.replaceFirst("^file:(//)?", ""));
    try {
      return of(path.toString(), TextFile.read(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "policyuri: " + path + " cannot be read (" + e + "); write the policy, or ~ to be asked",
          e);
    }
  }

  /** This policy, with members whose tasks the owner accepts without being asked. */
  public RunPolicy accepting(Set<String> authors) {
    return new RunPolicy(file, name, authors, acceptsAll, closed);
  }

  /** This policy, with an owner who says yes to whatever the file does not forbid. */
  public RunPolicy acceptingAll() {
    return new RunPolicy(file, name, accepted, true, closed);
  }

  /**
   * This policy, with more files that are never mounted, such as the agent's folder with its keys.
   */
  public RunPolicy closing(List<Path> files) {
    List<Path> all = new ArrayList<>(closed);
    all.addAll(files);
    return new RunPolicy(file, name, accepted, acceptsAll, all);
  }

  /** Judges a request. */
  public PolicyVerdict judge(PolicyRequest request) {
    List<String> forbidden = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    List<TrainerMount> mounts = new ArrayList<>();
    judgeAuthors(request.authors(), forbidden, asked);
    for (AskedMount mount : request.mounts()) {
      try {
        mounts.add(judgeMount(mount, asked));
      } catch (PolicyProblem e) {
        forbidden.add(e.reason());
      }
    }
    for (String from : request.downloads()) {
      if (from.strip().toLowerCase(java.util.Locale.ROOT).startsWith("file:")) {
        judgeFile(from.strip(), forbidden, asked);
      }
    }
    file.ifPresent(rules -> judgeLists(rules, request, forbidden));
    if (!forbidden.isEmpty()) {
      return new PolicyVerdict(Decision.FORBIDDEN, forbidden, List.of(), limits());
    }
    boolean isAccepted =
        acceptsAll || (!request.authors().isEmpty() && accepted.containsAll(request.authors()));
    if (asked.isEmpty() || isAccepted) {
      return new PolicyVerdict(Decision.ALLOWED, List.of(), mounts, limits());
    }
    return new PolicyVerdict(Decision.ASK, asked, mounts, limits());
  }

  private void judgeAuthors(List<String> authors, List<String> forbidden, List<String> asked) {
    if (file.isEmpty()) {
      asked.add(
          "there is no policy, so that each run of " + named(authors) + " has to be approved");
      return;
    }
    List<String> strangers =
        authors.stream().filter(author -> !matches(file.get().authors(), author)).toList();
    if (strangers.isEmpty() && !authors.isEmpty()) {
      return;
    }
    String reason = "authors: " + named(strangers) + " is not listed in " + name;
    (file.get().otherwise() == Otherwise.FORBID ? forbidden : asked).add(reason);
  }

  private static String named(List<String> authors) {
    return authors.isEmpty()
        ? "an unknown member"
        : String.join(", ", new java.util.TreeSet<>(authors));
  }

  private TrainerMount judgeMount(AskedMount asked, List<String> toAsk) {
    TrainerMount mount = asked.mount();
    if (mount.kind() == TrainerMount.Kind.VOLUME) {
      Optional<List<String>> volumes = file.flatMap(PolicyDefinition::volumes);
      if (volumes.isPresent() && !matches(volumes.get(), mount.source())) {
        throw new PolicyProblem("volumes: " + mount.source() + " is not listed in " + name);
      }
      return mount;
    }
    Path real = MountCheck.real(mount.source());
    MountCheck.checkNever(mount.source(), real, closed);
    Optional<List<DataRule>> data = file.flatMap(PolicyDefinition::data);
    if (data.isEmpty()) {
      if (!asked.isOwn()) {
        toAsk.add("data: the task mounts " + real + ", which no rule allows");
      }
      return new TrainerMount(mount.kind(), real.toString(), mount.target(), mount.isReadOnly());
    }
    DataRule rule =
        MountCheck.rule(real, data.get())
            .orElseThrow(
                () ->
                    new PolicyProblem(
                        "data: "
                            + mount.source()
                            + (real.toString().equals(mount.source())
                                ? ""
                                : ", which is " + real + ",")
                            + " is below no folder that "
                            + name
                            + " lists"));
    boolean isReadOnly = mount.isReadOnly() || rule.isReadOnly();
    return new TrainerMount(mount.kind(), real.toString(), mount.target(), isReadOnly);
  }

  /** A file of this host that content comes from is seen as much as one that is mounted. */
  private void judgeFile(String from, List<String> forbidden, List<String> asked) {
    try {
      String path = String.valueOf(java.net.URI.create(from).getPath());
      TrainerMount mount = new TrainerMount(TrainerMount.Kind.BIND, path, "/", true);
      judgeMount(new AskedMount(mount, false), asked);
    } catch (PolicyProblem e) {
      forbidden.add("download of " + from + ": " + e.reason());
    } catch (IllegalArgumentException e) {
      forbidden.add("download of " + from + ": this is no URI");
    }
  }

  private void judgeLists(PolicyDefinition rules, PolicyRequest request, List<String> forbidden) {
    for (List<String> names : request.images()) {
      boolean isListed =
          rules.images().isEmpty()
              || names.stream().anyMatch(image -> matches(rules.images().get(), image));
      if (!isListed) {
        forbidden.add("images: " + String.join(" or ", names) + " is not listed in " + name);
      }
    }
    judgeList("commands", rules.commands(), request.commands(), forbidden);
    judgeList("network", rules.networks(), request.networks(), forbidden);
    judgeList("downloads", rules.downloads(), request.downloads(), forbidden);
    rules.options().ifPresent(options -> judgeOptions(options, request.options(), forbidden));
  }

  private void judgeList(
      String rule, Optional<List<String>> allowed, List<String> asked, List<String> forbidden) {
    for (String text : asked) {
      if (allowed.isPresent() && !matches(allowed.get(), text)) {
        forbidden.add(rule + ": '" + text + "' is not listed in " + name);
      }
    }
  }

  private void judgeOptions(
      java.util.Map<String, List<String>> allowed,
      List<ContainerOptions> asked,
      List<String> forbidden) {
    for (ContainerOptions options : asked) {
      options
          .asked()
          .forEach(
              (option, values) ->
                  judgeList(
                      "options." + option,
                      Optional.of(allowed.getOrDefault(option, List.of())),
                      values,
                      forbidden));
    }
  }

  /** The limits of each trainer. */
  public RunLimits limits() {
    RunLimits usual = RunLimits.USUAL;
    if (file.isEmpty()) {
      return usual;
    }
    PolicyDefinition.LimitRules rules = file.get().limits();
    return new RunLimits(
        rules.memoryBytes().orElse(usual.memoryBytes()),
        rules.cpus().orElse(usual.cpus()),
        rules.pids().orElse(usual.pids()),
        usual.openFiles(),
        rules.fileBytes().orElse(usual.fileBytes()),
        rules.time().orElse(usual.time()),
        rules.logBytes().orElse(usual.logBytes()));
  }

  private static boolean matches(List<String> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> glob(pattern).matcher(text).matches());
  }

  private static Pattern glob(String pattern) {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }
}
