package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import java.util.Optional;

/** Gives a browser its cookie if its user enters the token. */
final class PostLogin implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "POST",
            GetLogin.PATH,
            "login",
            "Lets a browser use the node's page if its user enters the token.")
        .takes(Described.Content.form())
        .gives(303, null)
        .fails(ProblemCode.UNAUTHORIZED)
        .entry(Described.Entry.ENTRANCE);
  }

  @Override
  public Answer answer(Call call) {
    String shown = Optional.ofNullable(call.form().getValue("token")).orElse("").strip();
    return call.door()
        .cookieFor(call.request(), shown)
        .map(cookie -> Answer.redirect("/", cookie))
        .orElseGet(() -> call.door().login(401, "That is not this node's token."));
  }
}
