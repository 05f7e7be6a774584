package io.swarmstream.site.node.http;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.session.Session;

/** Takes over from a trainer that has finished. */
final class PostFinish implements Endpoint {
  private static final long DEFAULT_DEADLINE_SECONDS = 3600;

  @Override
  public Described describe() {
    return Described.of(
            "POST",
            "/v1/sessions/{id}/finish",
            "finish",
            "Reports that the trainer has finished. The node contributes for it until the training is over, that is, until"
                + " all participants of a round have finished. The snapshot that it repeats is on disk when this answers.")
        .takes(Described.Content.json(FinishBody.class))
        .gives(202, Described.Content.json(StateView.class))
        .fails(ProblemCode.UNKNOWN_SESSION, ProblemCode.BAD_VALUE);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    Session session = call.session();
    FinishBody body = call.json(FinishBody.class);
    String code = body.checkIn();
    Long seconds = body.deadlineSeconds();
    CheckIn checkIn =
        code == null ? session.request().checkIn() : SessionBody.finished("checkIn", code);
    session.finish(
        checkIn,
        PutSync.deadline("deadlineSeconds", seconds == null ? DEFAULT_DEADLINE_SECONDS : seconds));
    return Answer.json(202, new StateView("accepted"));
  }
}
