package io.swarmstream.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server for the user of this machine alone: how a browser logs in.
 *
 * @param name for people, such as {@code Task agent}
 * @param door whom it lets in
 * @param tokenFile where its token is, for people
 */
public record LocalServer(String name, FrontDoor door, String tokenFile) {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PATH = "/login";

  /**
   * A server with a token in a folder of its own.
   *
   * @param cookiePrefix name of its cookie; the port follows
   */
  public static LocalServer of(String name, AccessToken token, String cookiePrefix) {
    return new LocalServer(
        name,
        new FrontDoor(new HostNames(Set.of()), token, name, cookiePrefix),
        token.file().toString());
  }

  /** What follows the server's address in the link for a browser, which works once. */
  public String loginPath() {
    return PATH + "?code=" + door.newestCode();
  }

  /** The routes by which a browser logs in. */
  List<ApiRoute<Visitor>> routes() {
    return List.of(
        ApiRoute.of("GET", PATH, "loginPage", "", Visitor.ANYBODY, this::byLink),
        ApiRoute.<Visitor>of("POST", PATH, "login", "", Visitor.ANYBODY, this::byToken)
            .takes(FORM, 4096));
  }

  private @Nullable Object byLink(ApiCall<Visitor> call) {
    Optional<String> code = call.query("code");
    if (code.filter(shown -> enter(call, shown)).isEmpty()) {
      if (code.isPresent()) {
        call.status(401);
      }
      form(call, code.isPresent() ? "This link has been used already." : "");
    }
    return null;
  }

  private @Nullable Object byToken(ApiCall<Visitor> call) {
    if (call.header("Content-Type").filter(type -> type.startsWith(FORM)).isEmpty()) {
      throw ApiProblem.of(415, "unsupported-media-type", "send the token as " + FORM);
    }
    if (!enter(call, token(new String(call.bytes(), UTF_8)))) {
      call.status(401);
      form(call, "That is not this server's token.");
    }
    return null;
  }

  private static String token(String form) {
    for (String field : form.split("&", -1)) {
      if (field.startsWith("token=")) {
        try {
          return URLDecoder.decode(field.substring("token=".length()), UTF_8).strip();
        } catch (IllegalArgumentException e) {
          return "";
        }
      }
    }
    return "";
  }

  private boolean enter(ApiCall<Visitor> call, String shown) {
    Optional<String> cookie = door.cookieFor(shown, call.caller().port(), false);
    cookie.ifPresent(
        set -> {
          call.answerHeader("Set-Cookie", set);
          call.seeOther("/");
        });
    return cookie.isPresent();
  }

  /** Asks a person for the token. */
  public void ask(ApiCall<Visitor> call) {
    call.status(401);
    form(call, "");
  }

  private void form(ApiCall<Visitor> call, String why) {
    LoginPage.POLICY.forEach(call::answerHeader);
    call.answer("text/html;charset=utf-8", LoginPage.of(name, why, tokenFile).getBytes(UTF_8));
  }
}
