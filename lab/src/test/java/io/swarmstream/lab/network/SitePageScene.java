package io.swarmstream.lab.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.swarmstream.lab.console.Chromium;
import io.swarmstream.lab.console.OpenedConsole;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The owner of a site looks at its node's page while the site trains, if there is a browser. */
final class SitePageScene {
  private final URI node;
  private final Path site;

  SitePageScene(URI node, Path site) {
    this.node = node;
    this.site = site;
  }

  /**
   * Logs in by the token, and reads.
   *
   * @param contributions that the site has sent at least
   */
  void read(String contract, int contributions) throws Exception {
    if (Chromium.missing().isPresent()) {
      System.out.println("the page of a site is not looked at: " + Chromium.missing().get());
      return;
    }
    try (Chromium chromium = Chromium.start();
        OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      page.navigate(node + "/login");
      page.getByLabel("Token").fill(Files.readString(site.resolve("token")).strip());
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show the page")).click();
      PlaywrightAssertions.assertThat(page.locator("h2").first()).hasText(contract);
      PlaywrightAssertions.assertThat(page.locator("main")).containsText("The trainer trains");
      PlaywrightAssertions.assertThat(page.locator("figure").first()).isVisible();
      assertThat(page.locator("figure h3").allTextContents())
          .contains("Loss", "Seconds of a round at this site", "Sites in a round");
      PlaywrightAssertions.assertThat(page.locator("canvas").first()).isVisible();
      String sent =
          page.getByRole(AriaRole.TABLE)
              .filter(new Locator.FilterOptions().setHasText("Sent since this node was started"))
              .locator("tbody td")
              .first()
              .textContent();
      assertThat(Integer.parseInt(sent.strip())).isGreaterThanOrEqualTo(contributions);
      console.assertFitsAPhone();
      console.assertQuiet(node.toString());
    }
  }
}
