package io.swarmstream.lab.console;

import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Pictures of pages for {@code docs/images}. They are only taken with {@code -Dswarm.images=write},
 * so that a run of the tests changes no file of the repository.
 */
public final class Pictures {
  private static final Path FOLDER = Path.of("..", "docs", "images");

  private Pictures() {}

  /** What a window shows, from the top of the page. */
  public static void take(Page page, String name) {
    take(page, name, false);
  }

  /** The whole page, however long it is. */
  public static void takeWhole(Page page, String name) {
    take(page, name, true);
  }

  private static void take(Page page, String name, boolean isWhole) {
    if (!"write".equals(System.getProperty("swarm.images"))) {
      return;
    }
    Object unused =
        page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }");
    byte[] png = page.screenshot(new Page.ScreenshotOptions().setFullPage(isWhole));
    try {
      ImageIO.write(
          PalettePicture.of(ImageIO.read(new ByteArrayInputStream(png))),
          "png",
          Files.createDirectories(FOLDER).resolve("console-" + name + ".png").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
