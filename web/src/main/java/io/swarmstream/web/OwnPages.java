package io.swarmstream.web;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a foreign web page has triggered: browsers add their user's certificate to
 * those as well. Programs send neither header.
 */
final class OwnPages {
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private OwnPages() {}

  /**
   * Refuses a foreign page's request.
   *
   * @param scheme https, or http without TLS
   * @param isPage whether a reader may follow a foreign page's link
   * @throws ApiProblem naming the header that shows it
   */
  static void check(Context context, String scheme, boolean isPage) {
    @Nullable String site = context.header("Sec-Fetch-Site");
    if (site != null
        && !OWN.contains(site.toLowerCase(Locale.ROOT))
        && !(isPage && isFollowed(context))) {
      throw foreign("Sec-Fetch-Site", site);
    }
    @Nullable String origin = context.header("Origin");
    @Nullable String host = context.header("Host");
    if (origin != null && !origin.equalsIgnoreCase(scheme + "://" + host)) {
      throw foreign("Origin", origin);
    }
  }

  /** The browser opens a page of its own; it does not load it into another page. */
  private static boolean isFollowed(Context context) {
    return "navigate".equalsIgnoreCase(context.header("Sec-Fetch-Mode"))
        && "document".equalsIgnoreCase(context.header("Sec-Fetch-Dest"));
  }

  private static ApiProblem foreign(String header, String value) {
    return ApiProblem.of(
        403,
        "cross-site",
        header + " is " + value + "; this server does not serve other web pages than its own");
  }
}
