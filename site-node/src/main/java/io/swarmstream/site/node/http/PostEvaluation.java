package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Takes the trainer's evaluation of the merged model. */
final class PostEvaluation implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "POST",
            "/v1/sessions/{id}/evaluation",
            "evaluation",
            "Takes loss and metric of the merged model on the site's validation data. From then on contributions carry those"
                + " of the newest evaluation instead of the values sent with a sync.")
        .takes(Described.Content.json(EvaluationBody.class))
        .gives(202, Described.Content.json(StateView.class))
        .fails(ProblemCode.UNKNOWN_SESSION, ProblemCode.BAD_VALUE);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    EvaluationBody body = call.json(EvaluationBody.class);
    call.session()
        .evaluated(
            or(body.loss(), Double.NaN),
            or(body.metric(), Double.NaN),
            atLeastZero("epochsDone", or(body.epochsDone(), 0)),
            atLeastZero("epochsTotal", or(body.epochsTotal(), 0)));
    return Answer.json(202, new StateView("accepted"));
  }

  private static double or(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }

  private static double atLeastZero(String field, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw Call.bad(field, Double.toString(value), "a number of at least 0");
    }
    return value;
  }
}
