package io.swarmstream.lab.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.local.SwarmSupervisor;
import io.swarmstream.local.console.ConsolePort;
import io.swarmstream.local.console.LocalConsole;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a swarm in this JVM, in a real browser, while a site trains. */
class OwnersConsoleITCase {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final LocatorAssertions.ContainsTextOptions WITHIN =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  /** By its page, what it shows of this swarm. */
  private static final Map<String, String> SHOWN =
      Map.of(
          "Swarm", "main job",
          "Training", "line",
          "Experiments", "line",
          "Contracts", "line",
          "Members", "swarm network start",
          "Tasks", "swarm network start",
          "Audit", "What was done");

  private static final List<String> PAGES =
      List.of("Swarm", "Training", "Experiments", "Tasks", "Contracts", "Members", "Audit");

  @TempDir private Path folder;
  private final AtomicBoolean ends = new AtomicBoolean();

  private static void print(String line) {
    System.out.println(line);
  }

  @Test
  void eachPageOpensWhileASiteTrainsAndAxeFindsNothingSerious() throws Exception {
    Assumptions.assumeTrue(
        Chromium.missing().isEmpty(), () -> Chromium.missing().orElse("a browser is missing"));
    try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.staying());
        LocalConsole shown =
            LocalConsole.start(
                swarm,
                new SwarmSupervisor(swarm.parts(), OwnersConsoleITCase::print),
                folder,
                new ConsolePort(OptionalInt.of(0)));
        Chromium chromium = Chromium.start()) {
      CompletableFuture<Void> training = CompletableFuture.runAsync(() -> train(swarm));
      try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
        console.page().navigate(shown.link().toString());
        assertThat(console.page().locator("body")).containsText("this machine", WITHIN);
        open(console, "Training");
        assertThat(console.page().locator("main")).containsText("hospital-a", WITHIN);
        PAGES.forEach(page -> open(console, page));
        console.assertQuiet(origin(shown.link()));
      }
      try (OpenedConsole console = OpenedConsole.withoutPolicy(chromium.browser())) {
        console.page().navigate(shown.anotherLink().toString());
        for (String page : PAGES) {
          open(console, page);
          console.assertAccessible();
        }
      }
      ends.set(true);
      training.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } finally {
      ends.set(true);
    }
  }

  private static void open(OpenedConsole console, String name) {
    Page page = console.page();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
    assertThat(
            page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)).setLevel(1)))
        .isVisible();
    assertThat(page.locator("main")).containsText(Objects.requireNonNull(SHOWN.get(name)), WITHIN);
  }

  private static String origin(URI link) {
    return link.getScheme() + "://" + link.getAuthority();
  }

  /** One round after another, until the browser has seen enough. */
  private void train(LocalSwarm swarm) {
    SiteKey key = SiteKey.ofSeed(1);
    try {
      swarm.createContract("line", ModelLayout.flat(2), "mean", 1, Duration.ofSeconds(5), 2);
      swarm.enrol("line", key, "hospital-a", 100);
      try (SwarmSite site = swarm.join("line", key)) {
        Merged model = site.begin(new float[2], TrainingReport.empty(), DEADLINE);
        while (!ends.get()) {
          TrainingReport report = TrainingReport.ofLoss(1.0 / (1 + model.round())).withSamples(100);
          model = site.sync(new float[] {model.round(), -1}, report, DEADLINE);
        }
        site.leave();
      }
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
