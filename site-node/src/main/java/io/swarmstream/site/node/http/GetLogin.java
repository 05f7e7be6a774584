package io.swarmstream.site.node.http;

import java.util.Optional;

/** Lets a browser in that was started with the node's link, or asks for the token. */
final class GetLogin implements Endpoint {
  static final String PATH = "/login";

  @Override
  public Described describe() {
    return Described.of(
            "GET",
            PATH,
            "loginPage",
            "Lets a browser look at the status page: by the code of the link that the node says when it starts, which"
                + " counts once, or by a form for the token.")
        .query("code", String.class, "Of the link.")
        .gives(200, Described.Content.of("text/html"))
        .entry(Described.Entry.OPEN);
  }

  @Override
  public Answer answer(Call call) {
    Optional<String> code = call.query("code");
    return code.flatMap(shown -> call.door().cookieFor(call.request(), shown))
        .map(cookie -> Answer.redirect("/", cookie))
        .orElseGet(
            () ->
                Answer.html(
                    code.isPresent() ? 401 : 200,
                    LoginPage.of(
                        call.door(), code.isPresent() ? "This link has been used already." : "")));
  }
}
