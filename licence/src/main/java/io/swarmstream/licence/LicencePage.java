package io.swarmstream.licence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.net.URLDecoder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The page of a licence server, for browsers with an administrator's certificate: without scripts,
 * and nothing of it comes from elsewhere.
 */
final class LicencePage {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int MAX_FORM_BYTES = 512 << 10;
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
          + "color:#1a1a1a;background:#fff}table{border-collapse:collapse;width:100%}"
          + "td,th{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #8884}"
          + "textarea{width:100%;box-sizing:border-box}"
          + "@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}}";

  private final LicenceDesk desk;

  private LicencePage(LicenceDesk desk) {
    this.desk = desk;
  }

  static List<ApiRoute<LicenceCaller>> routes(LicenceDesk desk) {
    LicencePage page = new LicencePage(desk);
    return List.of(
        page.route("GET", "/", "page", "Shows licences and leases.", page::show)
            .gives("text/html; charset=utf-8"),
        page.form("install", "licence", text -> desk.book().install(text)),
        page.form("revoke", "id", id -> desk.book().revoke(id)),
        page.form("readmit", "id", id -> desk.book().readmit(id)));
  }

  private ApiRoute<LicenceCaller> route(
      String method,
      String path,
      String operation,
      String summary,
      ApiRoute.Handler<LicenceCaller> handler) {
    return ApiRoute.of(method, path, operation, summary, LicenceCaller.ADMIN, handler);
  }

  private ApiRoute<LicenceCaller> form(String what, String field, Consumer<String> change) {
    return route(
            "POST",
            "/" + what,
            what + "Form",
            "Form of the page.",
            call -> {
              String value = field(new String(call.bytes(), UTF_8), field);
              return desk.change(
                  () -> {
                    change.accept(value);
                    call.seeOther("/");
                    return new byte[0];
                  });
            })
        .takes(FORM, MAX_FORM_BYTES)
        .gives("text/html; charset=utf-8");
  }

  private static String field(String body, String name) {
    for (String pair : body.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8).strip();
      }
    }
    throw ApiProblem.badValue(name, name + " is missing in the form");
  }

  private @Nullable Object show(ApiCall<LicenceCaller> call) {
    var unused =
        call.answerHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'sha256-"
                    + StyleHash.of(STYLE)
                    + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
            .answerHeader("X-Content-Type-Options", "nosniff")
            .answerHeader("Referrer-Policy", "same-origin");
    return html().getBytes(UTF_8);
  }

  private String html() {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>Licence server</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Licence server</h1>\n<p>This is the ")
        .append(desk.health().role())
        .append(desk.isActive() ? "; it gives leases." : "; the other server gives leases.")
        .append("</p>\n<h2>Licences</h2>\n");
    table(
        page,
        List.of("Study", "Until", "Organisation", "SN", "SL", "SWOP"),
        desk.book().entitlements().stream()
            .flatMap(
                held ->
                    held.organisations().stream()
                        .map(
                            share ->
                                List.of(
                                    text(held.study()),
                                    text(held.until()),
                                    text(share.name()),
                                    share.sn() + "",
                                    share.sl() + "",
                                    share.swop() + "")))
            .toList());
    page.append(
        """
        <form method="post" action="/install"><label for="licence">Licence, as its issuer sent it</label>
        <textarea id="licence" name="licence" rows="4" required></textarea><button>Install</button></form>
        <h2>Leases</h2>
        """);
    table(
        page,
        List.of("Organisation", "Feature", "Node", "Since", "Until", ""),
        desk.book().leases().stream()
            .map(
                lease ->
                    List.of(
                        text(lease.organisation()),
                        text(lease.feature()),
                        text(lease.nodeId()),
                        text(lease.since()),
                        text(lease.expires()),
                        button("revoke", lease.id())))
            .toList());
    page.append("<h2>Revoked nodes</h2>\n");
    table(
        page,
        List.of("Organisation", "Feature", "Node", "At", ""),
        desk.book().revocations().stream()
            .map(
                gone ->
                    List.of(
                        text(gone.organisation()),
                        text(gone.feature()),
                        text(gone.nodeId()),
                        text(gone.at()),
                        button("readmit", gone.id())))
            .toList());
    return page.append("</body></html>\n").toString();
  }

  private static void table(StringBuilder page, List<String> heads, List<List<String>> rows) {
    if (rows.isEmpty()) {
      page.append("<p>None.</p>\n");
      return;
    }
    page.append("<table><tr><th>").append(String.join("</th><th>", heads)).append("</th></tr>\n");
    rows.forEach(
        row ->
            page.append("<tr><td>").append(String.join("</td><td>", row)).append("</td></tr>\n"));
    page.append("</table>\n");
  }

  private static String button(String action, String id) {
    return "<form method=\"post\" action=\"/"
        + action
        + "\"><input type=\"hidden\" name=\"id\" value=\""
        + text(id)
        + "\"><button>"
        + action
        + "</button></form>";
  }

  private static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
