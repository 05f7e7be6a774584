package io.swarmstream.network.folder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the product, as the build has written it. */
public final class NodeVersion {
  /** Such as {@code 0.1.0-SNAPSHOT}. */
  public static final String PRODUCT = read();

  private NodeVersion() {}

  private static String read() {
    try (InputStream stored = NodeVersion.class.getResourceAsStream("version.properties")) {
      if (stored == null) {
        throw new IllegalStateException("version.properties is missing; build the module anew");
      }
      Properties said = new Properties();
      said.load(stored);
      return said.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
