package io.swarmstream.tasks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * An image to fetch.
 *
 * @param outcome name under which the image is known afterwards, too
 * @param image with registry, organisation and repository
 * @param tag or digest ({@code sha256:…})
 * @param configFile file with credentials in Docker's format
 */
public record PullOrder(
    String outcome,
    String image,
    String tag,
    Optional<Credentials> credentials,
    Optional<Path> configFile,
    Duration limit) {
  /** A user's name and password at a registry. */
  public record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[user=" + user + "]";
    }
  }

  /** The image's full name. */
  public String reference() {
    return image + (tag.startsWith("sha256:") ? "@" : ":") + tag;
  }
}
