package io.swarmstream.cli.agent;

import io.swarmstream.cli.options.Span;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.site.node.join.Approval;
import io.swarmstream.site.node.join.SiteFolder;
import io.swarmstream.site.node.join.SiteSettings;
import io.swarmstream.site.node.join.SiteUpkeep;
import io.swarmstream.tasks.agent.AgentLimits;
import io.swarmstream.tasks.agent.AgentMember;
import io.swarmstream.tasks.agent.Consent;
import io.swarmstream.tasks.agent.DetachedNodes;
import io.swarmstream.tasks.agent.HostParts;
import io.swarmstream.tasks.agent.RunWork;
import io.swarmstream.tasks.agent.TaskAgent;
import io.swarmstream.tasks.definitions.AgentProfile;
import io.swarmstream.tasks.definitions.SiteProfile;
import io.swarmstream.tasks.page.AgentPage;
import io.swarmstream.tasks.page.ShownAgent;
import io.swarmstream.tasks.policy.RunPolicy;
import io.swarmstream.tasks.run.ResourceManager;
import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm agent}. */
@Command(
    name = "agent",
    description = {
      "Runs the tasks that members of the swarm assign to a taskrunner: builds what trainers run"
          + " in, and trains at the sites of a profile. Runs until Ctrl-C.",
      "",
      "Asks the owner of this host before it runs a task that its policy does not allow. What runs"
          + " goes on when the agent ends, and is found again when it starts.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    subcommands = {
      AgentWaitingCommand.class,
      AgentApproveCommand.class,
      AgentDenyCommand.class,
      AgentLogsCommand.class,
      AgentCheckCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class AgentCommand implements Callable<Integer> {
  private static final int PAGE_PORT = 30308;

  @Mixin private ProfileChoice profile;

  @Option(
      names = "--accept-author",
      paramLabel = "MEMBER",
      description =
          "Runs tasks of this member without asking, if it also wrote their prerequisites and"
              + " assigned them. May be given several times.")
  private Set<String> accepted = new LinkedHashSet<>();

  @Option(
      names = "--accept-all",
      description =
          "Runs the tasks of everybody without asking. What the policy forbids stays forbidden.")
  private boolean acceptsAll;

  @Option(
      names = "--task-limit",
      paramLabel = "TIME",
      converter = Span.class,
      defaultValue = "24h",
      description = "A task that takes longer is stopped. Default: ${DEFAULT-VALUE}.")
  private Duration taskLimit;

  @Option(
      names = "--wheel",
      paramLabel = "FILE",
      description = "Our Python package, which builds find in their context.")
  private @Nullable Path wheel;

  @Option(
      names = "--page",
      arity = "0..1",
      paramLabel = "PORT",
      fallbackValue = "" + PAGE_PORT,
      description =
          "Serves a page for the owner of this host, on this machine alone: what waits, what runs,"
              + " logs. Prints a link that works once. Port if none is given: ${FALLBACK-VALUE}.")
  private @Nullable Integer pagePort;

  @Mixin private AgentPlace place;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try {
      AgentProfile read = profile.read();
      RunPolicy policy = profile.policy(read).closing(List.of(place.path()));
      try (FolderLock held =
              FolderLock.of(place.path(), "an agent is running in " + place.path() + " already");
          ResourceManager manager = profile.manager(read, place.path())) {
        String runsAs = checked(manager);
        run(read, policy.closing(manager.closed()), manager, runsAs);
      }
      return 0;
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private void run(AgentProfile read, RunPolicy policy, ResourceManager manager, String runsAs)
      throws Exception {
    ProfileChoice.warnings(read).forEach(place::progress);
    SiteFolder folder = SiteFolder.existing(place.path());
    SiteSettings settings = folder.requiredSettings();
    new Approval(folder, place::progress).await(List.of(), Duration.ofMinutes(10));
    Consent consent = new Consent(place.desk(), policy, accepted, acceptsAll);
    place.say("Agent " + settings.name() + " serves taskrunner " + read.taskrunner() + ".");
    place.say(consent.says());
    place.say("It runs trainers as " + runsAs + ".");
    ExecutorService threads = Executors.newCachedThreadPool(AgentCommand::daemon);
    String program = spec.root().userObject().getClass().getName();
    try (ChainClient chain =
            ChainClient.signing(settings.chainOptions(folder.identity().path()), folder.account());
        SiteUpkeep upkeep =
            SiteUpkeep.start(
                folder,
                SiteUpkeep.Running.agent(settings.name(), NodeVersion.PRODUCT),
                place::say);
        Page page = page(settings, read, consent, runsAs)) {
      page.say(place);
      AgentLimits limits = AgentLimits.USUAL.withTask(taskLimit);
      AgentMember me = new AgentMember(settings.name(), folder.account().address(), sites(read));
      RunWork work =
          new RunWork(
              new RunWork.Host(
                  settings.name(),
                  place.home(),
                  new HostParts(read, manager, Optional.ofNullable(wheel)),
                  new DetachedNodes(order -> SiteCommandLine.of(program, order)),
                  consent,
                  index -> SiteFolder.ofAgent(place.path(), index),
                  account -> chain.members().byAccount(account).map(Member::name).orElse(account),
                  RunWork.Host.isKept(
                      Optional.ofNullable(System.getenv(RunWork.Host.keepVariable())))),
              chain.tasks(),
              limits,
              place::say,
              InstantSource.system(),
              threads);
      loop(
          new TaskAgent(
              me,
              read.taskrunner(),
              chain.tasks(),
              work,
              limits,
              place::say,
              InstantSource.system()),
          limits.poll());
    } finally {
      threads.shutdownNow();
    }
  }

  private Page page(SiteSettings settings, AgentProfile read, Consent consent, String runsAs)
      throws IOException {
    Integer port = pagePort;
    return new Page(
        port == null
            ? Optional.empty()
            : Optional.of(
                AgentPage.start(
                    new ShownAgent(
                        settings.name(),
                        read.taskrunner(),
                        consent.says(),
                        runsAs,
                        NodeVersion.PRODUCT,
                        place.home()),
                    port)));
  }

  /** The page, if there is one. */
  private record Page(Optional<AgentPage> served) implements AutoCloseable {
    void say(AgentPlace place) {
      served.ifPresent(
          page -> place.say("Its page, by a link that works once: " + page.loginUri()));
    }

    @Override
    public void close() {
      served.ifPresent(AgentPage::close);
    }
  }

  private void loop(TaskAgent agent, Duration poll) {
    CountDownLatch never = new CountDownLatch(1);
    try {
      do {
        agent.step();
      } while (!never.await(poll.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      place.progress("stopped; what runs goes on, and is found again by the next start");
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "agent-work");
    thread.setDaemon(true);
    return thread;
  }

  private static String checked(ResourceManager manager) {
    try {
      return manager.check();
    } catch (RunFailure e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Names of the members whose sites the profile has. */
  private List<String> sites(AgentProfile read) throws IOException {
    List<String> names = new ArrayList<>();
    for (SiteProfile site : read.sites()) {
      Path path = SiteFolder.ofAgent(place.path(), site.index());
      try {
        names.add(SiteFolder.existing(path).requiredSettings().name());
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            "the profile has a site with idx "
                + site.index()
                + ", and no site has joined in "
                + path
                + "; have an admin invite the agent with more sites: 'swarm network invite NAME"
                + " --role agent --sites N', and join with that",
            e);
      }
    }
    return names;
  }
}
