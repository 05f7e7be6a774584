package io.swarmstream.lab.tasks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.swarmstream.lab.console.OpenedConsole;
import io.swarmstream.lab.console.Pictures;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** People who read the pages of {@link ConsoleScene} in other ways than with a mouse at a desk. */
final class ConsoleReaders {
  private static final ZoneId FAR = ZoneId.of("Asia/Kathmandu");
  private static final int MOST_TABS = 150;

  private final ConsoleScene scene;

  ConsoleReaders(ConsoleScene scene) {
    this.scene = scene;
  }

  /** In dark and light, axe finds nothing serious on any page. */
  void lookByDayAndNight() throws Exception {
    NewContextOptions dark =
        new NewContextOptions().setBypassCSP(true).setColorScheme(ColorScheme.DARK);
    try (OpenedConsole console = scene.open(dark)) {
      for (String page : OpenedConsole.PAGES) {
        console.go(page);
        assertThat(brightness(console)).as("%s by night", page).isLessThan(60);
        console.assertAccessible();
        if (page.equals("Training")) {
          Pictures.take(console.page(), "training-dark");
        }
      }
      console.choice("Colours").selectOption("light");
      for (String page : OpenedConsole.PAGES) {
        console.go(page);
        assertThat(brightness(console)).as("%s by day", page).isGreaterThan(200);
        console.assertAccessible();
      }
    }
  }

  /** Of what is behind the text, from 0 to 255. */
  private static int brightness(OpenedConsole console) {
    Object colour =
        console.page().evaluate("() => getComputedStyle(document.documentElement).backgroundColor");
    int[] parts =
        Pattern.compile("\\d+")
            .matcher(String.valueOf(colour))
            .results()
            .mapToInt(part -> Integer.parseInt(part.group()))
            .limit(3)
            .toArray();
    return IntStream.of(parts).sum() / 3;
  }

  /** On a phone, no page is wider than the screen; its pages are behind a button. */
  void lookAtAPhone() throws Exception {
    NewContextOptions phone = new NewContextOptions().setViewportSize(360, 740);
    try (OpenedConsole console = scene.open(phone)) {
      for (String page : OpenedConsole.PAGES) {
        console.press("Menu");
        console.go(page);
        Object wider =
            console
                .page()
                .evaluate(
                    "() => document.documentElement.scrollWidth"
                        + " - document.documentElement.clientWidth");
        assertThat(((Number) wider).intValue())
            .as("%s is wider than 360 px by", page)
            .isLessThanOrEqualTo(0);
        if (page.equals("Swarm")) {
          Pictures.take(console.page(), "swarm-phone");
        }
      }
    }
  }

  /** Times are those of the reader's zone, and UTC below the mouse. */
  void lookFromFarAway() throws Exception {
    NewContextOptions far = new NewContextOptions().setTimezoneId(FAR.getId());
    try (OpenedConsole console = scene.open(far)) {
      console.go("Audit");
      Locator time = console.main().locator("td time").first();
      assertThat(time).isVisible();
      ZonedDateTime at = Instant.parse(time.getAttribute("title")).atZone(FAR);
      assertThat(time.textContent()).endsWith(at.format(DateTimeFormatter.ofPattern("HH:mm:ss")));
    }
  }

  /** The best of three loads, as the browser has measured it. */
  void seeTheFirstPageSoon() throws Exception {
    try (OpenedConsole console = scene.open()) {
      double best = Double.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        console.page().reload();
        assertThat(console.heading("Swarm")).isVisible();
        Object paint =
            console
                .page()
                .evaluate(
                    "() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        best = Math.min(best, ((Number) paint).doubleValue());
      }
      System.out.println("the console's first paint after " + Math.round(best) + " ms");
      assertThat(best).as("milliseconds until something is seen").isLessThan(1000);
    }
  }

  /** An act of each page, with no mouse at all. */
  void workByKeyboard() throws Exception {
    try (OpenedConsole console = scene.open()) {
      Page page = console.page();
      page.reload();
      assertThat(console.heading("Swarm")).isVisible();
      page.keyboard().press("Tab");
      assertThat(page.getByText("Skip to the page")).isFocused();
      page.keyboard().press("Enter");
      tabTo(page, console.labelled("Find parts"));
      page.keyboard().type("host-2-1");
      assertThat(console.main().getByRole(AriaRole.ROW)).hasCount(2);

      goByKeyboard(console, "Training");
      readsAChart(console);
      tabTo(page, console.button("Round 12"));
      page.keyboard().press("Enter");
      assertThat(console.main()).containsText("Sites in round 12");

      goByKeyboard(console, "Experiments");
      tabTo(page, console.labelled("Compare " + ConsoleScene.CONTRACT));
      page.keyboard().press("Space");
      assertThat(console.chart("Loss")).isVisible();

      goByKeyboard(console, "Tasks");
      tabTo(page, console.button(TaskSwarm.RUNNER).first());
      page.keyboard().press("Enter");
      assertThat(console.main()).containsText("host-1");

      goByKeyboard(console, "Contracts");
      tabTo(page, page.locator("summary").first());
      page.keyboard().press("Enter");
      tabTo(page, console.labelled("Name"));
      page.keyboard().type("not a name");
      page.keyboard().press("Enter");
      assertThat(page.locator("#term-name-problem")).containsText("letter");
      assertThat(console.labelled("Name")).isFocused();

      goByKeyboard(console, "Members");
      Locator roles = console.button("Roles of host-1").first();
      tabTo(page, roles);
      page.keyboard().press("Enter");
      tabTo(page, page.locator("#roles-observer"));
      page.keyboard().press("Space");
      assertThat(page.locator("#roles-observer")).isChecked();
      page.keyboard().press("Escape");
      assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(roles).isFocused();

      goByKeyboard(console, "Audit");
      tabTo(page, console.labelled("Find acts"));
      page.keyboard().type("member invited");
      assertThat(console.row("member invited").first()).isVisible();
      console.assertQuiet(scene.address());
    }
  }

  /** The arrow keys go from round to round; what is marked with Shift is shown in detail. */
  private static void readsAChart(OpenedConsole console) {
    Page page = console.page();
    Locator loss = console.chart("Loss");
    assertThat(loss).containsText(Pattern.compile("Loss went from [\\d.]+ \\(round 0\\) to"));
    Locator curve = loss.getByRole(AriaRole.SLIDER);
    tabTo(page, curve);
    page.keyboard().press("Home");
    assertThat(curve).hasAttribute("aria-valuetext", Pattern.compile("round 0: weighted mean .+"));
    page.keyboard().press("ArrowRight");
    assertThat(curve).hasAttribute("aria-valuetext", Pattern.compile("round 1: weighted mean .+"));
    page.keyboard().press("Shift+ArrowRight");
    page.keyboard().press("Shift+ArrowRight");
    page.keyboard().press("Enter");
    assertThat(console.main()).containsText("Rounds 1–3");
    tabTo(page, loss.locator("summary"));
    page.keyboard().press("Enter");
    assertThat(loss.getByRole(AriaRole.ROW)).hasCount(4);
  }

  private static void goByKeyboard(OpenedConsole console, String name) {
    console.page().evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }");
    tabTo(console.page(), console.link(name));
    console.page().keyboard().press("Enter");
    assertThat(console.heading(name)).isVisible();
  }

  /** Presses Tab until something has the focus. */
  private static void tabTo(Page page, Locator wanted) {
    assertThat(wanted).isVisible();
    for (int i = 0; i < MOST_TABS; i++) {
      if (Boolean.TRUE.equals(wanted.evaluate("it => it === document.activeElement"))) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError(wanted + " is not reached by " + MOST_TABS + " presses of Tab");
  }
}
