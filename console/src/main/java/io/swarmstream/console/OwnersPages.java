package io.swarmstream.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages that a program shows to the owner of its own host, under the root of its own port: that
 * of a site's node and that of a task agent. A name leads to a file that the build has listed, or
 * to none.
 */
public final class OwnersPages {
  /** The page of a site's node. */
  public static final String SITE = "mysite.html";

  /** The page of a task agent. */
  public static final String AGENT = "agent.html";

  private static final Map<String, PageFile> FILES = files();

  private OwnersPages() {}

  private static Map<String, PageFile> files() {
    Map<String, PageFile> files = new LinkedHashMap<>();
    PageFile.listed("own").forEach(file -> files.put(file.name(), file));
    return files;
  }

  /** Names of all files, such as {@code assets/mysite-1a2b.js}. */
  public static Set<String> names() {
    return Set.copyOf(FILES.keySet());
  }

  /**
   * The answer to a request for a file; empty: there is no such file.
   *
   * @param known header {@code If-None-Match}
   * @param accepted header {@code Accept-Encoding}
   */
  public static Optional<PageAnswer> find(
      String name, Optional<String> known, Optional<String> accepted) {
    return Optional.ofNullable(FILES.get(name)).map(file -> file.answer(known, accepted));
  }
}
