package io.swarmstream.lab.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** The console in a browser's window; remembers what the browser complains of, and whom it asks. */
public final class OpenedConsole implements AutoCloseable {
  /** What the links at the top lead to. */
  public static final List<String> PAGES =
      List.of("Swarm", "Training", "Experiments", "Tasks", "Contracts", "Members", "Audit");

  /** An act waits for blocks of the chain. */
  private static final double ACT_MS = 60_000;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private OpenedConsole(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text() + " at " + message.location());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
  }

  /** A window that knows nothing yet; the swarm's authority is not installed in the browser. */
  public static OpenedConsole in(Browser browser) {
    return in(browser, new Browser.NewContextOptions());
  }

  /** A window of a certain size, zone of times or choice of colours. */
  public static OpenedConsole in(Browser browser, Browser.NewContextOptions options) {
    return new OpenedConsole(browser.newContext(options.setIgnoreHTTPSErrors(true)));
  }

  /** One in which axe can run, which the pages' policy forbids. */
  public static OpenedConsole withoutPolicy(Browser browser) {
    return in(browser, new Browser.NewContextOptions().setBypassCSP(true));
  }

  public Page page() {
    return page;
  }

  /** Opens a page by its link at the top, and waits until it has read what it shows. */
  public void go(String name) {
    link(name).click();
    assertThat(heading(name)).isVisible();
    assertThat(main().getByText("Loading…")).hasCount(0);
  }

  /** A link to a page or file. */
  public Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  public Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The heading of a page. */
  public Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING,
        new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)).setLevel(1));
  }

  public void press(String button) {
    button(button).click();
  }

  /** A field, a choice or a part of the page that has this label. */
  public Locator labelled(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /** A choice that has this label. */
  public Locator choice(String label) {
    return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(label));
  }

  /** What the page shows, below the links to all pages. */
  public Locator main() {
    return page.locator("main");
  }

  /** Opens what is folded below a line. */
  public void unfold(String summary) {
    page.locator("summary").filter(with(summary)).click();
  }

  /** Presses a button of the dialog that is open, which is closed by it. */
  public void answer(String button) {
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true))
        .click();
    assertThat(dialog).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(ACT_MS));
  }

  /** Rows of tables that have a text in one of their cells; not those with a table in them. */
  public Locator row(String text) {
    return main().locator("tr:not(:has(table))").filter(with(text));
  }

  /** Rows of tables whose text is like this, all cells after each other. */
  public Locator row(Pattern text) {
    return main()
        .locator("tr:not(:has(table))")
        .filter(new Locator.FilterOptions().setHasText(text));
  }

  /** A chart by its title. */
  public Locator chart(String title) {
    return main()
        .locator("figure")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(title).setExact(true))));
  }

  /** What a link lets one download. */
  public byte[] download(String link) {
    return bytes(page.waitForDownload(() -> link(link).click()));
  }

  /** The file that a button makes. */
  public byte[] downloadBy(String button) {
    return bytes(page.waitForDownload(() -> press(button)));
  }

  private static byte[] bytes(Download file) {
    try {
      return Files.readAllBytes(file.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that contain a text. */
  public static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /**
   * Checks that the browser has refused nothing, nothing has failed, and only one host was asked.
   * Browsers complain of each answer that is an error; 400 is for what somebody has typed.
   */
  public void assertQuiet(String origin) {
    assertThat(complaints)
        .as("what the browser complains of")
        .filteredOn(complaint -> !complaint.contains("status of 400"))
        .isEmpty();
    assertThat(requests)
        .isNotEmpty()
        .allSatisfy(url -> assertThat(url).matches("(" + origin + "/|data:|blob:).*"));
  }

  /** Checks that nobody has to scroll sideways on a small phone, once charts have a new size. */
  public void assertFitsAPhone() {
    page.setViewportSize(360, 740);
    try {
      var unused = page.waitForFunction("() => document.documentElement.scrollWidth <= 360");
    } catch (TimeoutError e) {
      Object wide =
          page.evaluate(
              "() => [...document.querySelectorAll('main *')].filter(it =>"
                  + " it.getBoundingClientRect().right > 360).map(it => it.tagName + '.' +"
                  + " it.className + ' ' + it.getBoundingClientRect().right).slice(0, 20)");
      throw new AssertionError("wider than a phone: " + wide, e);
    }
  }

  /** Checks what axe finds serious or critical; it says which element, and what is wrong. */
  public void assertAccessible() {
    page.addScriptTag(new Page.AddScriptTagOptions().setPath(Chromium.axe()));
    Object found =
        page.evaluate(
            "async () => (await axe.run()).violations.filter(it => ['serious', 'critical']"
                + ".includes(it.impact)).map(it => ({ id: it.id, where: it.nodes.map(node =>"
                + " node.html).join('; ') }))");
    List<String> problems = new ArrayList<>();
    for (Object each : (List<?>) found) {
      problems.add(((Map<?, ?>) each).toString());
    }
    assertThat(problems).as("what axe finds").isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
