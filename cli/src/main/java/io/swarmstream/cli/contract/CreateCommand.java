package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.EncodingChoice;
import io.swarmstream.cli.options.LimitChoice;
import io.swarmstream.cli.options.MergeChoice;
import io.swarmstream.cli.options.OptimizerChoice;
import io.swarmstream.cli.options.PayloadHashChoice;
import io.swarmstream.cli.options.PrivacyChoice;
import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.contracts.ContractKeeper;
import io.swarmstream.contracts.Draft;
import io.swarmstream.contracts.NewTerms;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.masking.PrivacyRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm contract create}. */
@Command(
    name = "create",
    description = {
      "Creates a training contract: on the chain if a layout is given, otherwise as a draft whose "
          + "first trainer brings the layout. In a swarm with members, drafts are on the chain, too."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Name of the contract.")
  private String name;

  @Option(
      names = "--layout",
      paramLabel = "FILE",
      description =
          "A safetensors file of the model, of which the names and shapes of the tensors are used.")
  private @Nullable Path layout;

  @Mixin private MergeChoice merge = new MergeChoice();

  @Mixin private EncodingChoice encoding = new EncodingChoice();

  @Mixin private PayloadHashChoice payloadHash = new PayloadHashChoice();

  @Mixin private OptimizerChoice optimizer = new OptimizerChoice();

  @Mixin private PrivacyChoice privacy = new PrivacyChoice();

  @Mixin private LimitChoice limits = new LimitChoice();

  @Option(
      names = "--min-peers",
      paramLabel = "M",
      description = "Fewest sites that a round merges. Default: ${DEFAULT-VALUE}.")
  private int minPeers = 2;

  @Option(
      names = "--grace-seconds",
      paramLabel = "S",
      description =
          "How long a round waits for other live sites once enough have contributed. Default:"
              + " ${DEFAULT-VALUE}.")
  private int graceSeconds = 30;

  @Option(
      names = "--adaptive-interval",
      paramLabel = "N",
      description =
          "Adaptive syncs: sites train N mini-batches before the first merge, and each round decides "
              + "how many before the next. 0: each trainer keeps its own interval. Default: 0, or what a "
              + "draft's first trainer asks for.")
  private @Nullable Integer adaptiveInterval;

  @Option(
      names = "--sites",
      paramLabel = "NAME=ADDRESS[:W]",
      split = ",",
      description =
          "Sites to enrol, separated by commas, each with the greatest weight that it may ask for; "
              + "needs --layout. In a local swarm site nodes enrol themselves.")
  private List<String> sites = List.of();

  @Mixin private Where where;

  @Override
  public Integer call() throws Exception {
    Draft draft = draft();
    SwarmPlace.Found swarm = where.find();
    ContractKeeper owner = where.owner(swarm);
    try (ChainClient chain = ChainClient.reading(swarm.chain())) {
      if (owner.draft(name).isPresent() || chain.registry().terms(name).isPresent()) {
        throw new IllegalStateException(
            "there is a contract "
                + name
                + " already; choose another name, or reset it if it is a draft");
      }
      if (layout == null) {
        owner.write(draft);
        say(ContractView.of(draft));
      } else {
        create(owner, draft, read(layout));
        say(ContractView.of(chain.registry().terms(name).orElseThrow(), chain));
      }
    }
    return 0;
  }

  private Draft draft() {
    try {
      if (graceSeconds < 0) {
        throw new IllegalArgumentException(
            "--grace-seconds must be at least 0, got " + graceSeconds);
      }
      if (minPeers < 1) {
        throw new IllegalArgumentException("--min-peers must be at least 1, got " + minPeers);
      }
      checkInterval();
      checkPrivacy();
      if (layout == null && !sites.isEmpty()) {
        throw new IllegalArgumentException("--sites needs --layout: a draft has no sites yet");
      }
      return new Draft(
          ContractTerms.checkName(name),
          1,
          Duration.ofSeconds(graceSeconds),
          minPeers,
          MergeChoice.checked(
              merge.specification(), privacy.privacy().rows(minPeers), encoding.encoding()),
          encoding.encoding(),
          adaptiveInterval,
          limits.limits(),
          limits.maxWeight(),
          payloadHash.payloadHash(),
          optimizer.optimizer(),
          privacy.privacy());
    } catch (IllegalArgumentException e) {
      throw where.wrong(e);
    }
  }

  private void checkInterval() {
    if (adaptiveInterval != null
        && (adaptiveInterval < 0 || adaptiveInterval > ContractTerms.MAX_ADAPTIVE_INTERVAL)) {
      throw new IllegalArgumentException(
          "--adaptive-interval must be 0 to %d, got %d"
              .formatted(ContractTerms.MAX_ADAPTIVE_INTERVAL, adaptiveInterval));
    }
  }

  /** What a draft's first trainer decides is checked when it comes. */
  private void checkPrivacy() {
    int interval = adaptiveInterval == null ? 0 : adaptiveInterval;
    PrivacyRule.require(
        privacy.privacy(),
        merge.specification(),
        minPeers,
        encoding.encoding(),
        optimizer.optimizer(),
        interval,
        limits.limits().or(Limits.NONE));
    privacy.privacy().requireWeight("--max-weight", limits.maxWeight());
  }

  private void create(ContractKeeper owner, Draft draft, ModelLayout model)
      throws IOException, InterruptedException {
    NewTerms terms =
        new NewTerms(
            String.valueOf(draft.mergeMethod()),
            minPeers,
            draft.gracePeriod(),
            draft.encoding(),
            adaptiveInterval == null ? 0 : adaptiveInterval,
            draft.limits(),
            draft.payloadHash(),
            draft.optimizer(),
            draft.privacy());
    List<SiteToEnrol> enrolled = sites(draft.maxWeight());
    enrolled.forEach(site -> draft.privacy().requireWeight("--sites", site.maxWeight()));
    if (!owner.create(name, terms, model)) {
      throw new IllegalStateException("somebody else has just created " + name);
    }
    for (SiteToEnrol site : enrolled) {
      owner.enrol(name, site.address(), site.name(), site.maxWeight());
    }
  }

  /** Parses the sites before anything is created. */
  private List<SiteToEnrol> sites(int usualWeight) {
    try {
      return sites.stream().map(site -> SiteToEnrol.parse(site, usualWeight)).toList();
    } catch (IllegalArgumentException e) {
      throw where.wrong(e);
    }
  }

  private ModelLayout read(Path file) throws IOException {
    try {
      return LayoutFile.read(file);
    } catch (IllegalArgumentException e) {
      throw where.wrong(e);
    }
  }

  private void say(ContractView view) {
    spec.commandLine()
        .getOut()
        .println(
            where.isJson()
                ? ContractView.json(view)
                : "Contract "
                    + view.name()
                    + " is "
                    + (view.state().equals("draft") ? "a draft." : "on the chain."));
  }
}
