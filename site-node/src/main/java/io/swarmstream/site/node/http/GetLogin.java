package io.swarmstream.site.node.http;

import java.util.Optional;

/** Gives a browser its cookie if it comes with the node's link; else asks for the token. */
final class GetLogin implements Endpoint {
  static final String PATH = "/login";

  @Override
  public Described describe() {
    return Described.of(
            "GET",
            PATH,
            "loginPage",
            "Lets a browser use the node's page: by the code of the link that the node prints at its start, which works"
                + " once, or by a form for the token.")
        .query("code", String.class, "The link's code.")
        .gives(200, Described.Content.of("text/html"))
        .entry(Described.Entry.ENTRANCE);
  }

  @Override
  public Answer answer(Call call) {
    Optional<String> code = call.query("code");
    return code.flatMap(shown -> call.door().cookieFor(call.request(), shown))
        .map(cookie -> Answer.redirect("/", cookie))
        .orElseGet(
            () ->
                call.door()
                    .login(
                        code.isPresent() ? 401 : 200,
                        code.isPresent() ? "This link has been used already." : ""));
  }
}
