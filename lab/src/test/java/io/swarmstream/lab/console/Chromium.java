package io.swarmstream.lab.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's Chromium, driven by Playwright. The driver is npm's playwright-core, which the build
 * of console/ has installed; Playwright downloads nothing.
 */
public final class Chromium implements AutoCloseable {
  private static final Path MODULES = Path.of("..", "console", "node_modules").toAbsolutePath();

  /** A page reads what has changed after an event, or else every ten seconds. */
  private static final double PATIENCE_MS = 30_000;

  private static final List<String> NAMES = List.of("chromium", "chromium-browser");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Skips a test where a browser is missing. */
  public static void assumePresent() {
    Optional<String> missing = missing();
    Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse("a browser is missing"));
  }

  /**
   * Why there is no browser here; empty: there is one, or {@code swarm.chromium.required} is set,
   * and to start it fails.
   */
  public static Optional<String> missing() {
    if (Boolean.getBoolean("swarm.chromium.required")) {
      return Optional.empty();
    }
    if (program(NAMES).isEmpty()) {
      return Optional.of("there is no Chromium; apt-get install chromium");
    }
    return Files.isRegularFile(MODULES.resolve("playwright-core/cli.js"))
        ? Optional.empty()
        : Optional.of("playwright-core is missing; build the module console");
  }

  /**
   * The driver, in the layout that Playwright wants. It is none of a test's temporary folder:
   * Playwright finds it once in the life of a JVM, and several test classes share one.
   */
  private static Path driver() throws IOException {
    Path driver = Files.createDirectories(Path.of("target", "playwright").toAbsolutePath());
    Path link = driver.resolve("package");
    if (!Files.isSymbolicLink(link)) {
      try {
        Files.createSymbolicLink(link, MODULES.resolve("playwright-core"));
      } catch (FileAlreadyExistsException e) {
        // Another JVM of the same build was quicker.
      }
    }
    return driver;
  }

  /** Starts it. */
  public static Chromium start() throws IOException {
    Path driver = driver();
    System.setProperty("playwright.cli.dir", driver.toString());
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        program(List.of("node")).orElseThrow().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    try {
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(program(NAMES).orElseThrow())
                      // CI is root, for whom Chromium has no sandbox; the pages are ours.
                      .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"))));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  public Browser browser() {
    return browser;
  }

  /** The script of axe, which looks for what keeps people from using a page. */
  public static Path axe() {
    return MODULES.resolve("axe-core/axe.min.js");
  }

  private static Optional<Path> program(List<String> names) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
