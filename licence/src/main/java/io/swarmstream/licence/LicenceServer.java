package io.swarmstream.licence;

import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.ApiServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A licence server: who may run how many nodes, and which nodes run. */
public final class LicenceServer implements AutoCloseable {
  private final ApiServer server;
  private final LicenceDesk desk;
  private final @Nullable LicenceWatch watch;

  private LicenceServer(ApiServer server, LicenceDesk desk, @Nullable LicenceWatch watch) {
    this.server = server;
    this.desk = desk;
    this.watch = watch;
  }

  /**
   * Starts a server with what its folder remembers, and what the other one knows, if it answers.
   *
   * @throws IllegalStateException when the port is taken
   */
  public static LicenceServer start(LicenceOptions options)
      throws IOException, InterruptedException {
    ReloadingTls tls = ReloadingTls.of(options.identity());
    LicenceOptions.Partner other = options.partner().orElse(null);
    LicencePartner partner = other == null ? null : new LicencePartner(other.url(), tls.context());
    boolean isPrimary = other == null || !other.isPrimary();
    LicenceDesk desk =
        new LicenceDesk(
            new LeaseBook(options.clock(), options.issuers()),
            new LicenceFolder(options.folder()),
            partner,
            isPrimary);
    desk.recall();
    desk.activate(isPrimary);
    Set<String> admins = new HashSet<>(options.admins());
    admins.add(tls.identity().keyHash());
    Set<String> partners = other == null ? Set.of() : Set.of(other.keyHash());
    List<ApiRoute<LicenceCaller>> routes = new ArrayList<>(LicenceRoutes.of(desk));
    routes.addAll(LicencePage.routes(desk));
    ApiServer server =
        ApiServer.start(
            options.place(), tls.context(), LicenceCaller.gate(admins, partners), routes);
    LicenceWatch watch =
        partner == null ? null : new LicenceWatch(desk, partner, isPrimary, options.patience());
    return new LicenceServer(server, desk, watch);
  }

  /** {@code https://host:port}. */
  public URI uri() {
    return server.uri();
  }

  /** Installs a licence. */
  public Entitlement install(String licence) {
    return desk.change(() -> desk.book().install(licence));
  }

  /** Whether this server gives leases. */
  public boolean isActive() {
    return desk.isActive();
  }

  /** What is entitled, in words, a line for each study. */
  public String summary() {
    return desk.book().entitlements().stream()
        .flatMap(LicenceServer::lines)
        .collect(Collectors.joining("\n"));
  }

  private static Stream<String> lines(Entitlement entitlement) {
    return entitlement.organisations().stream().map(share -> entitlement.inWords(share));
  }

  @Override
  public void close() throws InterruptedException {
    if (watch != null) {
      watch.close();
    }
    server.close();
  }
}
