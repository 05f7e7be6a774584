package io.swarmstream.tasks.agent;

import io.swarmstream.tasks.definitions.AgentProfile;
import io.swarmstream.tasks.definitions.DockerfileStep;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent.ContentStep;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent.ContentType;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent.Operation;
import io.swarmstream.tasks.definitions.MakeUserContainer;
import io.swarmstream.tasks.definitions.MountType;
import io.swarmstream.tasks.definitions.PullImage;
import io.swarmstream.tasks.definitions.RunSwarm;
import io.swarmstream.tasks.definitions.SiteProfile;
import io.swarmstream.tasks.definitions.Variables;
import io.swarmstream.tasks.policy.PolicyRequest;
import io.swarmstream.tasks.policy.PolicyRequest.AskedMount;
import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.PullOrder;
import io.swarmstream.tasks.run.ResourceManager;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.TrainerChannels;
import io.swarmstream.tasks.run.TrainerMount;
import io.swarmstream.tasks.run.TrainerOrder;
import io.swarmstream.tasks.run.TrainerRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of a task and the host's profile what a resource manager is asked for. */
final class HostOrders {
  private static final String NO_NETWORK = "none";
  private static final long MOST_CONTENT = 64L << 30;

  private final AgentProfile profile;
  private final ResourceManager manager;
  private final Optional<Path> wheel;

  /**
   * Orders of one host.
   *
   * @param wheel our Python package, for builds
   */
  HostOrders(AgentProfile profile, ResourceManager manager, Optional<Path> wheel) {
    this.profile = profile;
    this.manager = manager;
    this.wheel = wheel;
  }

  List<SiteProfile> sites() {
    return profile.sites();
  }

  /** What a task would do here; for the host's policy. One for each site, or one. */
  List<PolicyRequest> requests(PlannedTask plan) {
    PolicyRequest by = PolicyRequest.by(List.copyOf(plan.authors()));
    if (plan.body() instanceof RunSwarm body) {
      return sites().stream().map(site -> request(by, plan, body, site)).toList();
    }
    if (plan.body() instanceof PullImage body) {
      return List.of(by.withImages(List.of(List.of(pull(plan, body, Duration.ZERO).reference()))));
    }
    if (plan.body() instanceof MakeUserContainer body) {
      return List.of(by.withImages(bases(body, plan)));
    }
    if (plan.body() instanceof MakeSwarmUserContent body) {
      return List.of(
          by.withDownloads(
              body.steps().stream()
                  .filter(step -> step.operation() == Operation.DOWNLOAD)
                  .map(ContentStep::target)
                  .toList()));
    }
    return List.of(by);
  }

  private PolicyRequest request(
      PolicyRequest by, PlannedTask plan, RunSwarm body, SiteProfile site) {
    return by.withImages(List.of(names(plan.base())))
        .withCommands(List.of(String.join(" ", body.words())))
        .withMounts(mounts(body, site))
        .withNetworks(List.of(network()))
        .withOptions(List.of(site.options()));
  }

  /** Images that a build starts from or copies from. */
  private List<List<String>> bases(MakeUserContainer body, PlannedTask plan) {
    List<List<String>> bases = new ArrayList<>();
    DockerfileStep.images(body.buildSteps()).forEach(image -> bases.add(names(image)));
    if (!DockerfileStep.hasFrom(body.buildSteps()) && !plan.base().isEmpty()) {
      bases.add(names(plan.base()));
    }
    return bases;
  }

  /** All names that an image is known by. */
  private List<String> names(String image) {
    List<String> names = new ArrayList<>(List.of(image));
    manager
        .runtime(image)
        .ifPresent(
            found -> {
              names.add(found.id());
              names.addAll(found.digests());
            });
    return names;
  }

  private List<AskedMount> mounts(RunSwarm body, SiteProfile site) {
    List<AskedMount> mounts = new ArrayList<>();
    if (body.privateContent().isPresent() && site.privateData().isPresent()) {
      SiteProfile.PrivateData data = site.privateData().get();
      mounts.add(
          new AskedMount(mount(data.type(), data.source(), body.privateContent().get()), true));
    }
    body.sharedContent()
        .forEach(
            shared ->
                mounts.add(
                    new AskedMount(mount(shared.type(), shared.source(), shared.target()), false)));
    return mounts;
  }

  private static TrainerMount mount(MountType type, String source, String target) {
    return new TrainerMount(TrainerMount.Kind.valueOf(type.name()), source, target, false);
  }

  private String network() {
    return profile.network().filter(name -> !name.isBlank()).orElse(NO_NETWORK);
  }

  /**
   * A trainer.
   *
   * @param mounts that the policy has allowed, with real paths
   * @param channels folder that it shares with its site
   */
  TrainerOrder trainer(
      JournaledRun run,
      PlannedTask plan,
      int index,
      List<TrainerMount> mounts,
      RunLimits limits,
      Path channels) {
    RunSwarm body = (RunSwarm) plan.body();
    SiteProfile site = sites().get(index);
    return new TrainerOrder(
        run.key(),
        profile.group(),
        run.task(),
        index,
        plan.base(),
        body.words(),
        body.workingDir(),
        site.trainerVariables().over(body.variables()).values(),
        mounts,
        Optional.of(
            new TrainerChannels(
                channels,
                Optional.of("SL_REQUEST_CHANNEL"),
                Optional.of("SL_RESPONSE_CHANNEL"),
                Optional.of(SiteOrder.SOCKET))),
        Optional.empty(),
        network(),
        site.trainerAddressInNetwork(),
        site.trainerHost(),
        profile.dns(),
        site.trainerLabels(),
        site.options(),
        limits);
  }

  /** Environment of a site's node: the profile's, then the site's own. */
  Variables siteVariables(int index) {
    return sites().get(index).siteVariables().over(profile.siteVariables());
  }

  BuildOrder build(PlannedTask plan, MakeUserContainer body, Path log, Duration limit) {
    return new BuildOrder(
        plan.task().outcome(),
        body.buildSteps(),
        body.buildContext(),
        wheel,
        Optional.of(plan.base()).filter(base -> !base.isEmpty()),
        log,
        limit);
  }

  PullOrder pull(PlannedTask plan, PullImage body, Duration limit) {
    Optional<PullOrder.Credentials> credentials =
        body.auth() instanceof PullImage.Auth.Password said
            ? Optional.of(new PullOrder.Credentials(said.user(), said.password()))
            : Optional.empty();
    Optional<Path> file =
        body.auth() instanceof PullImage.Auth.ConfigFile said
            ? Optional.of(Path.of(said.path()))
            : Optional.empty();
    return new PullOrder(plan.task().outcome(), body.image(), body.tag(), credentials, file, limit);
  }

  ContentOrder content(PlannedTask plan, MakeSwarmUserContent body, Duration limit) {
    List<Integer> indices =
        body.contentType() == ContentType.SWARMCONTENT
            ? sites().stream().map(SiteProfile::index).toList()
            : List.of();
    return new ContentOrder(
        plan.task().outcome(),
        indices,
        body.steps().stream().map(HostOrders::step).toList(),
        MOST_CONTENT,
        limit);
  }

  private static ContentOrder.Step step(ContentStep step) {
    return step.operation() == Operation.DOWNLOAD
        ? new ContentOrder.Step.Download(step.target(), step.out().orElse("./"))
        : new ContentOrder.Step.Extract(step.target(), step.out().orElse("./"));
  }

  ResourceManager manager() {
    return manager;
  }

  /** The environment that a task's trainers run in, if this host has it. */
  Optional<TrainerRuntime> runtime(PlannedTask plan) {
    return plan.base().isEmpty() ? Optional.empty() : manager.runtime(plan.base());
  }
}
