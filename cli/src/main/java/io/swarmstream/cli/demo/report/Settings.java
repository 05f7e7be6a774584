package io.swarmstream.cli.demo.report;

import io.swarmstream.cli.demo.DemoOptions;
import io.swarmstream.cli.demo.DemoResult;
import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.TrainerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Lists everything that is needed to repeat a demo. */
final class Settings {
  private Settings() {}

  static Map<String, String> of(DemoResult result) {
    DemoOptions options = result.options();
    TrainerOptions trainer = DemoDefaults.trainer();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("Command", options.commandLine());
    settings.put("Merge method", options.merge());
    settings.put("Encoding of deltas", options.encoding().code());
    settings.put(
        "Quorum", "at least %d of %d sites".formatted(options.minPeers(), options.sites()));
    settings.put(
        "Training",
        "%d rounds of %d mini-batches of %d pictures at every site"
            .formatted(options.rounds(), options.syncFrequency(), trainer.batchSize()));
    settings.put(
        "Network",
        "fully connected, hidden units %s, learning rate %s, momentum %s"
            .formatted(trainer.hiddenSizes(), trainer.learningRate(), trainer.momentum()));
    settings.put("Data", dataOf(result));
    settings.put("Seed", String.valueOf(options.seed()));
    settings.put("Chain", result.network());
    settings.put("Versions", versions());
    settings.put(
        "Machine",
        "Java %s, %d processors, %s"
            .formatted(
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch")));
    settings.put("Took", result.elapsed().toSeconds() + " s");
    return settings;
  }

  private static String dataOf(DemoResult result) {
    return "%d handwritten digits of 8 x 8 pixels at the sites, %d others to test on"
        .formatted(result.trainingSamples(), result.testSamples());
  }

  private static String versions() {
    Properties versions = new Properties();
    try (InputStream file = Settings.class.getResourceAsStream("versions.properties")) {
      versions.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read versions.properties", e);
    }
    return versions.stringPropertyNames().stream()
        .sorted()
        .map(name -> name + " " + versions.getProperty(name))
        .collect(Collectors.joining(", "));
  }
}
