package io.swarmstream.lab.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.http.NodeServer;
import io.swarmstream.site.node.http.ServerOptions;
import io.swarmstream.tasks.agent.AgentHome;
import io.swarmstream.tasks.agent.OwnersDesk;
import io.swarmstream.tasks.agent.WaitingRun;
import io.swarmstream.tasks.page.AgentPage;
import io.swarmstream.tasks.page.ShownAgent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages that a site's node and a task agent show their owner, in a real browser. The swarm is
 * away, as a site sees it when its network fails; {@code NetworkITCase} and {@code TaskITCase} look
 * at the same pages while a swarm trains.
 */
class OwnPagesITCase {
  private static final String SCRIPT = "<script>window.stolen = true</script>";

  /** The node looks at its swarm every five seconds; the page at the node every two. */
  private static final LocatorAssertions.ContainsTextOptions WITHIN =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  @TempDir private static Path folders;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    Chromium.assumePresent();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static SiteNode node(String name) {
    ChainOptions away =
        ChainOptions.of(
                "http://127.0.0.1:1",
                "0x0000000000000000000000000000000000000001",
                "0x0000000000000000000000000000000000000002")
            .withTimeouts(new ChainOptions.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    return SiteNode.of(
        NodeOptions.of(name, KafkaEndpoint.of("127.0.0.1:1"), away, folders.resolve(name))
            .asking(true),
        SiteKey.ofSeed(1));
  }

  private static String open(NodeServer server) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.uri() + "/v1/sessions/s"))
                .header("Authorization", "Bearer " + server.token().hex())
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"contract\":\"digits\",\"trainer\":\""
                            + SCRIPT
                            + "\",\"layout\":[{\"name\":\"w\",\"shape\":[1]}]}"))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first().click();
  }

  private static void ranNothing(Page page) {
    assertThat(page.evaluate("() => window.stolen === true")).isEqualTo(false);
  }

  @Test
  void aSitesOwnerSeesWhatIsDownAndLetsATrainingBegin() throws Exception {
    SiteNode node = node("ward");
    try (NodeServer server = NodeServer.start(node, ServerOptions.of("127.0.0.1", 0));
        OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      page.navigate(server.loginUri().toString());
      PlaywrightAssertions.assertThat(page.locator("h1")).hasText("ward");
      PlaywrightAssertions.assertThat(page.locator("main")).containsText("Never rows of data");
      PlaywrightAssertions.assertThat(page.locator("main")).containsText("Kafka is down", WITHIN);
      PlaywrightAssertions.assertThat(page.locator("main"))
          .containsText("the node goes on by itself");

      assertThat(open(server)).contains("not-approved");
      PlaywrightAssertions.assertThat(page.locator("main"))
          .containsText("digits waits for your approval", WITHIN);
      PlaywrightAssertions.assertThat(page.locator("main")).containsText(SCRIPT);
      ranNothing(page);
      press(page, "Approve trainings of digits");
      PlaywrightAssertions.assertThat(page.locator("main"))
          .containsText("Trainings of digits are approved", WITHIN);
      assertThat(open(server)).contains("swarm-unreachable");
      press(page, "Deny trainings of digits");
      page.getByRole(AriaRole.DIALOG)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Deny"))
          .click();
      PlaywrightAssertions.assertThat(page.locator("table").first()).containsText("denied", WITHIN);
      assertThat(open(server)).contains("has denied");
      console.assertFitsAPhone();
      console.assertQuiet(server.uri().toString());
    } finally {
      node.close();
    }
  }

  @Test
  void aSitesPageSaysWhenItsNodeDoesNotAnswer() throws Exception {
    SiteNode node = node("silent");
    try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      try (NodeServer server = NodeServer.start(node, ServerOptions.of("127.0.0.1", 0))) {
        page.navigate(server.loginUri().toString());
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("silent");
      }
      PlaywrightAssertions.assertThat(page.locator("body"))
          .containsText("does not answer since", WITHIN);
      PlaywrightAssertions.assertThat(page.locator("h1")).hasText("silent");
    } finally {
      node.close();
    }
  }

  @Test
  void axeFindsNothingSeriousOnASitesPage() throws Exception {
    SiteNode node = node("clean");
    try (NodeServer server = NodeServer.start(node, ServerOptions.of("127.0.0.1", 0));
        OpenedConsole console = OpenedConsole.withoutPolicy(chromium.browser())) {
      assertThat(open(server)).contains("not-approved");
      console.page().navigate(server.uri() + "/login");
      console.assertAccessible();
      console.page().getByLabel("Token").fill(server.token().hex());
      press(console.page(), "Show the page");
      PlaywrightAssertions.assertThat(console.page().locator("main"))
          .containsText("digits waits for your approval", WITHIN);
      console.assertAccessible();
    } finally {
      node.close();
    }
  }

  private static AgentHome agent(String name) throws IOException {
    AgentHome home = AgentHome.in(Files.createDirectories(folders.resolve(name)));
    Path log = home.folder().resolve("runs/3/0/trainer.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "epoch 1\n" + SCRIPT + "\n");
    return home;
  }

  private static void letWait(OwnersDesk desk, AgentHome home) throws IOException {
    Path unused = home.pageFolder();
    desk.wait(
        new WaitingRun(
            "runner",
            4,
            "train " + SCRIPT,
            "RUN_SWARM",
            List.of("carol", SCRIPT),
            Instant.now(),
            "carol's tasks are asked about",
            List.of("Command: train.py", "Entrypoint: " + SCRIPT)));
  }

  private static AgentPage serve(AgentHome home) throws IOException {
    return AgentPage.start(
        new ShownAgent("host-1", "runner", "It asks its owner.", "processes", "1", home), 0);
  }

  @Test
  void anAgentsOwnerReadsTheTaskAndAnswers() throws Exception {
    AgentHome home = agent("asked");
    OwnersDesk desk = new OwnersDesk(home);
    letWait(desk, home);
    try (AgentPage served = serve(home);
        OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      page.navigate(served.loginUri().toString());
      PlaywrightAssertions.assertThat(page.locator("main")).containsText("waits for your approval");
      PlaywrightAssertions.assertThat(page.locator("pre")).containsText("Entrypoint: " + SCRIPT);
      ranNothing(page);
      press(page, "Approve run 4");
      PlaywrightAssertions.assertThat(page.locator("main"))
          .containsText("What you have answered", WITHIN);
      assertThat(desk.answers())
          .singleElement()
          .satisfies(
              answer -> {
                assertThat(answer.isYes()).isTrue();
                assertThat(answer.subject()).isEqualTo("run 4 of runner");
              });
      console.assertFitsAPhone();
      console.assertQuiet(served.uri().toString());
    }
  }

  @Test
  void aLogIsTextAndFollows() throws Exception {
    AgentHome home = agent("logging");
    try (AgentPage served = serve(home);
        OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      page.navigate(served.loginUri().toString());
      page.getByText("Run 3").first().click();
      press(page, "Log of trainer");
      PlaywrightAssertions.assertThat(page.locator("pre")).containsText(SCRIPT);
      ranNothing(page);
      Files.writeString(
          home.folder().resolve("runs/3/0/trainer.log"), "epoch 2\n", StandardOpenOption.APPEND);
      PlaywrightAssertions.assertThat(page.locator("pre")).containsText("epoch 2", WITHIN);
      console.assertQuiet(served.uri().toString());
    }
  }

  @Test
  void axeFindsNothingSeriousOnAnAgentsPage() throws Exception {
    AgentHome home = agent("clean-agent");
    letWait(new OwnersDesk(home), home);
    try (AgentPage served = serve(home);
        OpenedConsole console = OpenedConsole.withoutPolicy(chromium.browser())) {
      Page page = console.page();
      page.navigate(served.loginUri().toString());
      page.getByText("Answer for more than this run").click();
      page.getByText("Run 3").first().click();
      press(page, "Log of trainer");
      PlaywrightAssertions.assertThat(page.locator("main")).containsText("epoch 1");
      console.assertAccessible();
    }
  }
}
