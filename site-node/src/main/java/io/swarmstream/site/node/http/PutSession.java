package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import java.util.regex.Pattern;

/** Opens a session, or finds it open. */
final class PutSession implements Endpoint {
  /** The id is also the name of a folder. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** The layout of 100,000 tensors with long names takes about 15 MB. */
  private static final int MAX_BYTES = 32 << 20;

  @Override
  public Described describe() {
    return Described.of(
            "PUT",
            "/v1/sessions/{id}",
            "openSession",
            "Opens a session, or finds it open. Repeat it after a restart of the node.")
        .takes(Described.Content.json(SessionBody.class).upTo(MAX_BYTES))
        .gives(200, Described.Content.json(SessionView.class))
        .fails(
            ProblemCode.BAD_VALUE,
            ProblemCode.UNKNOWN_CONTRACT,
            ProblemCode.NOT_ENROLLED,
            ProblemCode.NOT_LICENSED,
            ProblemCode.NOT_APPROVED,
            ProblemCode.LAYOUT_MISMATCH,
            ProblemCode.TERMS_MISMATCH,
            ProblemCode.SESSION_OPEN,
            ProblemCode.SWARM_UNREACHABLE);
  }

  @Override
  public void admit(Call call) {
    String id = call.path("id");
    if (!ID.matcher(id).matches()) {
      throw Call.bad(
          "id",
          id,
          "1 to 64 letters, digits, dots, underscores and dashes, the first a letter or digit");
    }
  }

  @Override
  public Answer answer(Call call) throws Exception {
    return Answer.json(
        200,
        SessionView.of(call.node().open(call.path("id"), call.json(SessionBody.class).request())));
  }
}
