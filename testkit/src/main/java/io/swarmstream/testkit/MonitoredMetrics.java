package io.swarmstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that the dashboard and the alert rules in {@code deploy/monitoring} name. */
public final class MonitoredMetrics {
  private static final Pattern NAME = Pattern.compile("\\b(?:flink|swarmstream)_\\w+");

  /** A metric of a page in the text format: its name, or the comment that introduces it. */
  private static final Pattern REPORTED =
      Pattern.compile("^(?:# TYPE )?((?:flink|swarmstream)_\\w+)", Pattern.MULTILINE);

  private MonitoredMetrics() {}

  /** Their names, of those that begin like this. */
  public static Set<String> startingWith(String prefix) {
    Set<String> names = new TreeSet<>();
    try {
      for (String file : new String[] {"swarmstream-dashboard.json", "alerts.yaml"}) {
        Matcher name = NAME.matcher(Files.readString(folder().resolve(file)));
        while (name.find()) {
          if (name.group().startsWith(prefix)) {
            names.add(name.group());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  /** The names of the metrics on a page in Prometheus's text format. */
  public static Set<String> reportedBy(String page) {
    Set<String> names = new TreeSet<>();
    Matcher name = REPORTED.matcher(page);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  /** Tests run in the folders of their modules. */
  private static Path folder() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("deploy/monitoring"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no folder deploy/monitoring above");
    }
    return folder.resolve("deploy/monitoring");
  }
}
