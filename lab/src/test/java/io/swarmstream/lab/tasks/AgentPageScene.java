package io.swarmstream.lab.tasks;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.swarmstream.lab.console.Chromium;
import io.swarmstream.lab.console.OpenedConsole;

/** The owner of a host approves a stranger's task by clicks, and looks at what runs. */
final class AgentPageScene {
  private static final LocatorAssertions.ContainsTextOptions WITHIN =
      new LocatorAssertions.ContainsTextOptions().setTimeout(120_000);

  private AgentPageScene() {}

  /** Approves the run that waits. */
  static void approve(AgentHost host, String task) throws Exception {
    try (Chromium chromium = Chromium.start();
        OpenedConsole console = OpenedConsole.in(chromium.browser())) {
      Page page = console.page();
      page.navigate(host.link());
      PlaywrightAssertions.assertThat(page.locator("main")).containsText(task, WITHIN);
      PlaywrightAssertions.assertThat(page.locator("pre")).containsText("model/hold.py");
      press(page, "Approve run ");
      PlaywrightAssertions.assertThat(page.locator("main")).containsText("peers run", WITHIN);
      press(page, "Log of site’s node, site 0");
      PlaywrightAssertions.assertThat(page.locator("pre")).containsText("Site ", WITHIN);
      console.assertQuiet(host.link().replaceAll("/login.*", ""));
    }
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first().click();
  }
}
