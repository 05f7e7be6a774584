package io.swarmstream.testkit;

import io.swarmstream.schemas.signing.SiteKey;

/**
 * A site with a key made from a seed.
 *
 * @param name readable name
 */
public record TestSite(String name, SiteKey key) {
  public static TestSite seeded(long seed) {
    return new TestSite("site-" + seed, SiteKey.ofSeed(seed));
  }

  public String address() {
    return key.address();
  }
}
