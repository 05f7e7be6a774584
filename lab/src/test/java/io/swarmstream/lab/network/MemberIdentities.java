package io.swarmstream.lab.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the members of a swarm have their certificates from. */
interface MemberIdentities extends AutoCloseable {
  /**
   * How a program gets its certificate.
   *
   * @param options of the command that starts it
   * @param variables of its environment
   */
  record Given(List<String> options, Map<String, String> variables) {
    static final Given NOTHING = new Given(List.of(), Map.of());
  }

  /** For the network node of an organisation. */
  Given node(String organisation, String host) throws Exception;

  /** For a site of an organisation. */
  Given site(String organisation, String site) throws Exception;

  /** Prepares the folder of organisation a's cluster, before its first start. */
  void prepare(Path cluster, String host) throws Exception;

  /** Renews a running site's certificate, if that is not the swarm's task, and waits for it. */
  void renew(String site, Path siteFolder) throws Exception;

  /** Options of {@code site rotate-key}; empty: keys rotate by themselves. */
  Optional<List<String>> rotation(String organisation, String site) throws Exception;

  @Override
  void close() throws Exception;

  /** The swarm issues them all. */
  static MemberIdentities issued() {
    return new MemberIdentities() {
      @Override
      public Given node(String organisation, String host) {
        return Given.NOTHING;
      }

      @Override
      public Given site(String organisation, String site) {
        return Given.NOTHING;
      }

      @Override
      public void prepare(Path cluster, String host) {}

      @Override
      public void renew(String site, Path siteFolder) {}

      @Override
      public Optional<List<String>> rotation(String organisation, String site) {
        return Optional.of(List.of());
      }

      @Override
      public void close() {}
    };
  }
}
