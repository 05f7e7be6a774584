package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.CONSOLE;
import static io.swarmstream.network.api.MemberGate.MEMBER;
import static io.swarmstream.network.api.MemberGate.OPEN;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.CallerInfo;
import io.swarmstream.clients.network.LoginLink;
import io.swarmstream.clients.network.LoginRequest;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.console.ConsolePages;
import io.swarmstream.network.console.ConsoleKey;
import io.swarmstream.network.console.ConsoleLogins;
import io.swarmstream.network.console.ConsoleSession;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.Credentials;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Routes by which members log in to the console, and learn who they are there. */
final class ConsoleRoutes {
  static final String OTHERS_ACT =
      "acts are signed with your own key, which this node does not have: open the console of your"
          + " own network node, or use 'swarm network'";

  private final ConsoleParts node;
  private final String version;

  ConsoleRoutes(ConsoleParts node, String version) {
    this.node = node;
    this.version = version;
  }

  /** Makes a link for whoever shows a member's certificate. */
  ApiRoute<Caller> link() {
    return ApiRoute.<Caller>of(
            "POST",
            "/v1/console/links",
            "makeLoginLink",
            "Makes a link that logs the member that calls in to the console, once.",
            MEMBER,
            call -> link(call.caller().member()))
        .gives(LoginLink.class);
  }

  /** Makes a link for whoever has the key that is in the swarm's folder. */
  ApiRoute<Caller> linkBy(ConsoleKey key, Member owner) {
    return ApiRoute.<Caller>of(
            "POST",
            "/v1/console/links",
            "makeLoginLink",
            "Makes a link that logs the swarm's owner in to the console, once; for those who show"
                + " the key in the swarm's folder: Authorization: Bearer KEY.",
            OPEN,
            call -> {
              if (!key.isIn(call.header("Authorization"))) {
                throw ApiProblem.of(
                    401, "no-key", "show the key in the swarm's folder; 'swarm console' does that");
              }
              return link(owner);
            })
        .gives(LoginLink.class);
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of("GET", "/v1/me", "getMe", "The member that calls.", MEMBER, this::me)
            .gives(CallerInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/console/sessions",
                "logIn",
                "Begins a session of the console with a link's token.",
                OPEN,
                this::begin)
            .takes(LoginRequest.class)
            .gives(CallerInfo.class),
        ApiRoute.<Caller>of(
            "DELETE",
            "/v1/console/sessions",
            "logOut",
            "Ends the session that calls.",
            CONSOLE,
            this::end));
  }

  private LoginLink link(Member member) {
    ConsoleLogins.Link link = node.logins().link(member);
    // In the fragment, which browsers send to nobody.
    return new LoginLink(
        node.own().url() + ConsolePages.PATH + "#/login/" + link.token(),
        link.expiresAt().toString());
  }

  private CallerInfo begin(ApiCall<Caller> call) {
    if (call.header(Credentials.MARKER).filter("1"::equals).isEmpty()) {
      throw MemberGate.notMarked();
    }
    String token = call.body(LoginRequest.class).token();
    if (Objects.isNull(token)) { // JSON may leave it out
      throw ApiProblem.badValue("token", "token is missing; it follows #/login/ in the link");
    }
    ConsoleLogins.Begun begun = node.logins().begin(token);
    var unused = call.answerHeader("Set-Cookie", node.own().cookie().given(begun.cookie()));
    return info(begun.member(), begun.session());
  }

  private @Nullable Object end(ApiCall<Caller> call) {
    ConsoleSession session =
        call.caller()
            .session()
            .orElseThrow(
                () ->
                    ApiProblem.of(
                        409,
                        "no-session",
                        "there is no session: the browser shows your certificate; close it to log"
                            + " out"));
    node.logins().end(session);
    var unused = call.answerHeader("Set-Cookie", node.own().cookie().taken());
    return null;
  }

  private CallerInfo me(ApiCall<Caller> call) {
    return info(call.caller().member(), call.caller().session().orElse(null));
  }

  private CallerInfo info(Member caller, @Nullable ConsoleSession session) {
    MemberInfo known = Views.of(caller);
    boolean acts = node.own().isOf(caller);
    return new CallerInfo(
        known.name(),
        known.name(),
        known.organisation(),
        known.account(),
        known.roles(),
        known.status(),
        known.certificateKey(),
        known.spiffeId(),
        session == null ? "certificate" : "session",
        session == null ? null : session.ends().toString(),
        answering(),
        acts,
        acts ? null : OTHERS_ACT,
        node.own().lacks());
  }

  private CallerInfo.AnsweringNode answering() {
    Optional<Member> own = node.swarm().newest().byAccount(node.own().account());
    return new CallerInfo.AnsweringNode(
        own.map(Member::name).orElse(""),
        own.map(Member::organisation).orElse(""),
        version,
        node.own().kind());
  }
}
