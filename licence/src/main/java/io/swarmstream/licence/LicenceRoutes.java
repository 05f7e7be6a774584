package io.swarmstream.licence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiDocument;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of a licence server. */
final class LicenceRoutes {
  private static final String TEXT = "text/plain";
  private static final int MAX_LICENCE_BYTES = 256 << 10;

  /** Thousands of leases. */
  private static final int MAX_STATE_BYTES = 16 << 20;

  private final LicenceDesk desk;

  private LicenceRoutes(LicenceDesk desk) {
    this.desk = desk;
  }

  static List<ApiRoute<LicenceCaller>> of(LicenceDesk desk) {
    return new LicenceRoutes(desk).all();
  }

  private List<ApiRoute<LicenceCaller>> all() {
    String leases = "/v1/leases";
    return List.of(
        route(
                "GET",
                "/v1/health",
                "health",
                "Says which server gives leases.",
                call -> desk.health())
            .gives(LicenceHealth.class),
        route(
                "GET",
                "/openapi.json",
                "openapi",
                "This document.",
                call -> ApiJson.bytes(document(all())))
            .gives("application/json"),
        route("GET", leases, "leases", "Lists leases.", call -> desk.book().leases())
            .givesListOf(Lease.class),
        route("POST", leases, "takeLease", "Gives a node a place for 300 s.", this::take)
            .takes(LeaseRequest.class)
            .gives(Lease.class),
        route("PUT", leases + "/{id}", "renewLease", "Prolongs a lease by 300 s.", this::renew)
            .gives(Lease.class),
        route("DELETE", leases + "/{id}", "releaseLease", "Gives a place back.", this::release),
        route(
                "GET",
                "/v1/entitlements",
                "entitlements",
                "Lists what is entitled.",
                call -> desk.book().entitlements())
            .givesListOf(Entitlement.class),
        admin("POST", "/v1/entitlements", "install", "Installs a licence.", this::install)
            .takes(TEXT, MAX_LICENCE_BYTES)
            .gives(Entitlement.class),
        route(
                "GET",
                "/v1/revocations",
                "revocations",
                "Lists nodes that get no lease.",
                call -> desk.book().revocations())
            .givesListOf(Revocation.class),
        admin(
                "POST",
                leases + "/{id}/revocation",
                "revoke",
                "Ends a lease, and gives its node no other.",
                call -> desk.change(() -> desk.book().revoke(call.path("id"))))
            .gives(Revocation.class),
        admin(
            "DELETE",
            "/v1/revocations/{id}",
            "readmit",
            "Lets a node take leases again.",
            this::readmit),
        partner("GET", "state", "Gives all to the other server.", call -> desk.book().state())
            .gives(LicenceState.class),
        partner("PUT", "hear", "Takes what the other server knows.", this::hear)
            .takes("application/json", MAX_STATE_BYTES)
            .gives(LicenceHealth.class));
  }

  /** The OpenAPI document. */
  static ObjectNode document(List<ApiRoute<LicenceCaller>> routes) {
    return ApiDocument.of(
        "Swarmstream licence server",
        "1",
        "Places for nodes of a study. Callers show a certificate of an authority that the server"
            + " trusts; x-entry says who may call.",
        routes);
  }

  private static ApiRoute<LicenceCaller> route(
      String method,
      String path,
      String operation,
      String summary,
      ApiRoute.Handler<LicenceCaller> handler) {
    return ApiRoute.of(method, path, operation, summary, LicenceCaller.NODE, handler);
  }

  private static ApiRoute<LicenceCaller> admin(
      String method,
      String path,
      String operation,
      String summary,
      ApiRoute.Handler<LicenceCaller> handler) {
    return ApiRoute.of(method, path, operation, summary, LicenceCaller.ADMIN, handler);
  }

  private static ApiRoute<LicenceCaller> partner(
      String method, String operation, String summary, ApiRoute.Handler<LicenceCaller> handler) {
    return ApiRoute.of(method, "/v1/state", operation, summary, LicenceCaller.PARTNER, handler);
  }

  private Lease take(ApiCall<LicenceCaller> call) {
    LeaseRequest request = call.body(LeaseRequest.class);
    if (!call.caller().organisation().equals(request.organisation())) {
      throw ApiProblem.of(
          403,
          "other-organisation",
          "organisation is "
              + request.organisation()
              + ", but the certificate is of '"
              + call.caller().organisation()
              + "'; a node takes places of its own organisation only");
    }
    return desk.change(() -> desk.book().take(request, call.caller().keyHash()));
  }

  private Lease renew(ApiCall<LicenceCaller> call) {
    return desk.change(() -> desk.book().renew(call.path("id"), call.caller().keyHash()));
  }

  private @Nullable Object release(ApiCall<LicenceCaller> call) {
    return desk.change(
        () -> {
          desk.book().release(call.path("id"), call.caller().keyHash());
          return Map.of();
        });
  }

  private Entitlement install(ApiCall<LicenceCaller> call) {
    String text = new String(call.bytes(), UTF_8);
    return desk.change(() -> desk.book().install(text));
  }

  private @Nullable Object readmit(ApiCall<LicenceCaller> call) {
    return desk.change(
        () -> {
          desk.book().readmit(call.path("id"));
          return Map.of();
        });
  }

  private LicenceHealth hear(ApiCall<LicenceCaller> call) throws Exception {
    return desk.hear(call.body(LicenceState.class));
  }
}
