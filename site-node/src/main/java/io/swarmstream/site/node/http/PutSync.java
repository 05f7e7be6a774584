package io.swarmstream.site.node.http;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.session.SyncRequest;
import io.swarmstream.site.node.weights.ReceivedWeights;
import java.time.Duration;
import java.util.Arrays;

/** Takes a trainer's weights. */
final class PutSync implements Endpoint {
  private static final long DEFAULT_DEADLINE_SECONDS = 600;
  private static final long MAX_DEADLINE_SECONDS = 7 * 24 * 3600;

  @Override
  public Described describe() {
    return Described.of(
            "PUT",
            "/v1/sessions/{id}/syncs/{n}",
            "sync",
            "Takes all weights of the trainer, not a delta, as safetensors, and answers once the log has the delta. n counts"
                + " the trainer's syncs from 0. The same n with the same bytes may be sent again.")
        .query(
            "initial",
            Boolean.class,
            "Whether nothing in the swarm has trained these weights. They make round 0, or give way to a model that is"
                + " there. Default: true for n = 0.")
        .query(
            "loss",
            Double.class,
            "Mean training loss since the last sync. An evaluation of the merged model replaces it.")
        .query(
            "metric",
            Double.class,
            "Metric of the last merged model on the site's validation data. An evaluation of the merged model replaces it.")
        .query("samples", Long.class, "Training samples since the last sync.")
        .query("epochsDone", Double.class, "Passes over the data so far.")
        .query(
            "weight",
            Integer.class,
            "How much this contribution counts. Default: the session's weight.")
        .query(
            "checkIn",
            String.class,
            "training (the default); with the last weights of a trainer that has finished, snapshot, active or inactive.")
        .query(
            "deadlineSeconds",
            Long.class,
            "Longest wait for the round, from now on. Default: " + DEFAULT_DEADLINE_SECONDS + ".")
        .takes(Described.Content.safetensors())
        .gives(202, Described.Content.json(RoundView.class))
        .fails(
            ProblemCode.BAD_VALUE,
            ProblemCode.BAD_BODY,
            ProblemCode.UNKNOWN_SESSION,
            ProblemCode.LAYOUT_MISMATCH,
            ProblemCode.NOT_FINITE,
            ProblemCode.SYNC_CONFLICT,
            ProblemCode.SYNC_RUNNING,
            ProblemCode.STALE_SYNC,
            ProblemCode.TRAINING_OVER,
            ProblemCode.REJECTED,
            ProblemCode.SWARM_UNREACHABLE);
  }

  @Override
  public void admit(Call call) {
    var unused = request(call, call.sync() == 0);
    ReceivedWeights.requireLength(
        call.sync(), call.contentLength(), call.session().training().terms().trainedParameters());
  }

  @Override
  public Answer answer(Call call) throws Exception {
    long n = call.sync();
    return Answer.json(
        202, new RoundView(call.session().sync(n, request(call, n == 0), call.body()).round()));
  }

  private static SyncRequest request(Call call, boolean first) {
    return new SyncRequest(
        call.flag("initial", first),
        call.real("loss", Double.NaN),
        call.real("metric", Double.NaN),
        call.whole("samples", 0),
        call.real("epochsDone", 0),
        call.query("weight").map(text -> weight(call)).orElse(null),
        checkIn(call.query("checkIn").orElse(CheckIn.TRAINING.code())),
        deadline("deadlineSeconds", call.whole("deadlineSeconds", DEFAULT_DEADLINE_SECONDS)));
  }

  private static int weight(Call call) {
    long weight = call.whole("weight", 0);
    if (weight < 0 || weight > Integer.MAX_VALUE) {
      throw Call.bad("weight", Long.toString(weight), "0 to " + Integer.MAX_VALUE);
    }
    return (int) weight;
  }

  private static CheckIn checkIn(String code) {
    return CheckIn.ofCode(code)
        .orElseThrow(
            () ->
                Call.bad(
                    "checkIn",
                    code,
                    "one of " + Arrays.stream(CheckIn.values()).map(CheckIn::code).toList()));
  }

  static Duration deadline(String name, long seconds) {
    if (seconds < 1 || seconds > MAX_DEADLINE_SECONDS) {
      throw Call.bad(name, Long.toString(seconds), "1 to " + MAX_DEADLINE_SECONDS);
    }
    return Duration.ofSeconds(seconds);
  }
}
