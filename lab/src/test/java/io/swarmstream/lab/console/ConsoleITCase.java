package io.swarmstream.lab.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.NetworkNode;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.UrlNode;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.schemas.processes.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, at a real network node. */
class ConsoleITCase {
  @TempDir private static Path folders;
  private static Anvil anvil;
  private static NetworkNode node;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    Chromium.assumePresent();
    anvil = Anvil.start();
    NetworkFolder folder = NetworkFolder.open(folders.resolve("a"));
    EthereumNode rich = new UrlNode(anvil.url());
    var unused =
        rich.call(
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"anvil_setBalance\",\"params\":[\""
                    + folder.account().address()
                    + "\",\"0x3635c9adc5dea00000\"]}")
                .getBytes(StandardCharsets.UTF_8));
    EthereumNode chain =
        SentinelSetup.run(
            folder,
            new NodePlan(
                "org-a", "org-a", "127.0.0.1", FreePort.any(), FreePort.any(), null, anvil.url()),
            System.out::println);
    node = NetworkNode.start(folder, chain, "127.0.0.1");
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (node != null) {
      node.close();
    }
    if (anvil != null) {
      anvil.close();
    }
  }

  private static String link() {
    return new NetworkClient(
            List.of(node.uri()), ReloadingTls.of(folders.resolve("a/identity")).context())
        .loginLink()
        .url();
  }

  @Test
  void aLinkLogsInAndLeavesNoTokenBehind() {
    try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      String link = link();
      page.navigate(link);
      PlaywrightAssertions.assertThat(page.locator("body")).containsText("org-a");
      PlaywrightAssertions.assertThat(page).hasTitle(Pattern.compile("Swarm"));
      String token = link.substring(link.lastIndexOf('/') + 1);
      assertThat(page.url()).doesNotContain(token);
      assertThat(page.context().cookies())
          .singleElement()
          .satisfies(ConsoleITCase::isForTheServerOnly);
      page.reload();
      PlaywrightAssertions.assertThat(page.locator("body")).containsText("org-a");
      console.assertQuiet(node.uri().toString());
    }
  }

  private static void isForTheServerOnly(Cookie cookie) {
    assertThat(cookie.name).isEqualTo("__Host-swarm-console");
    assertThat(cookie.httpOnly).isTrue();
    assertThat(cookie.secure).isTrue();
    assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
    assertThat(cookie.expires).as("it ends with the browser").isEqualTo(-1);
  }

  @Test
  void whoHasNoSessionIsToldHowToGetOne() {
    try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      console.page().navigate(node.uri() + "/");
      PlaywrightAssertions.assertThat(console.page().locator("body")).containsText("swarm console");
      assertThat(console.page().url()).startsWith(node.uri() + "/console/");
    }
  }

  @Test
  void thePagesShowNobodyElsesScripts() {
    try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      console.page().navigate(node.uri() + "/console/");
      Object ran =
          console
              .page()
              .evaluate(
                  "() => { const script = document.createElement('script');"
                      + " script.textContent = 'window.stolen = true';"
                      + " document.body.append(script); return window.stolen === true; }");
      assertThat(ran).isEqualTo(false);
    }
  }

  @Test
  void axeFindsNothingSerious() {
    try (OpenedConsole console = OpenedConsole.withoutPolicy(chromium.browser())) {
      console.page().navigate(link());
      PlaywrightAssertions.assertThat(console.page().locator("body")).containsText("org-a");
      console.assertAccessible();
    }
  }

  @Test
  void eachPageOpensAndTheBrowserRefusesNothing() {
    try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      console.page().navigate(link());
      for (String name : OpenedConsole.PAGES) {
        console.go(name);
      }
      PlaywrightAssertions.assertThat(console.page().locator("main")).containsText("What was done");
      console.assertQuiet(node.uri().toString());
    }
  }

  @Test
  void axeFindsNothingSeriousOnAnyPage() {
    try (OpenedConsole console = OpenedConsole.withoutPolicy(chromium.browser())) {
      console.page().navigate(link());
      for (String name : OpenedConsole.PAGES) {
        console.go(name);
        console.assertAccessible();
      }
    }
  }

  @Test
  void aBarSaysWhenNothingIsAnsweredAndGoesWhenItIs() {
    try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      page.navigate(link());
      console.go("Members");
      page.route("**/v1/**", Route::abort);
      PlaywrightAssertions.assertThat(page.locator("body"))
          .containsText("Connection lost since", WITHIN);
      page.unroute("**/v1/**");
      PlaywrightAssertions.assertThat(page.locator("body"))
          .not()
          .containsText("Connection lost", WITHIN);
      PlaywrightAssertions.assertThat(page.getByRole(AriaRole.TABLE)).containsText("org-a");
    }
  }

  /** A list is read again every ten seconds. */
  private static final LocatorAssertions.ContainsTextOptions WITHIN =
      new LocatorAssertions.ContainsTextOptions().setTimeout(40_000);

  @Test
  void anAdminInvitesByClicks() throws IOException {
    try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      page.navigate(link());
      console.go("Members");
      console.unfold("Invite a member");
      console.labelled("Name").fill("hospital-x");
      Download file = page.waitForDownload(() -> console.press("Make the invitation"));
      assertThat(file.suggestedFilename()).isEqualTo("hospital-x.invite");
      assertThat(Files.readString(file.path())).contains("hospital-x", "token");
      console.assertQuiet(node.uri().toString());
    }
  }

  @Test
  void aWrongTermIsToldAtItsFieldAndARightOneDrafts() {
    try (OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      page.navigate(link());
      console.go("Contracts");
      console.unfold("Create a training contract");
      console.labelled("Name").fill("not a name");
      console.press("Create the contract");
      PlaywrightAssertions.assertThat(page.locator("#term-name-problem")).containsText("letter");
      console.labelled("Name").fill("digits");
      console.press("Create the contract");
      PlaywrightAssertions.assertThat(page.getByRole(AriaRole.TABLE)).containsText("digits");
    }
  }
}
