package io.swarmstream.tasks.docker;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names of images for outcomes of tasks, which may be any text. */
final class ImageName {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "[a-z0-9]+([._-]+[a-z0-9]+)*(:\\d+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
              + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?");

  private ImageName() {}

  /** The outcome itself if it can be an image's name; else one made from it. */
  static String of(String outcome) {
    if (REFERENCE.matcher(outcome).matches() || outcome.matches("sha256:[0-9a-f]{64}")) {
      return outcome;
    }
    String plain =
        outcome.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    UUID hash = UUID.nameUUIDFromBytes(outcome.getBytes(StandardCharsets.UTF_8));
    return "swarm-user/" + (plain + "-" + hash.toString().substring(0, 8)).replaceFirst("^-", "");
  }

  /** Repository of a reference without its tag. */
  static String repository(String reference) {
    int colon = reference.lastIndexOf(':');
    return colon > reference.lastIndexOf('/') ? reference.substring(0, colon) : reference;
  }

  /** Tag of a reference; latest without one. */
  static String tag(String reference) {
    int colon = reference.lastIndexOf(':');
    return colon > reference.lastIndexOf('/') ? reference.substring(colon + 1) : "latest";
  }
}
