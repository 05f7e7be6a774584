package io.swarmstream.tasks.page;

import io.swarmstream.console.OwnersPages;
import io.swarmstream.tasks.agent.KeptRunLog;
import io.swarmstream.tasks.agent.OwnersDesk;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.LocalServer;
import io.swarmstream.web.Visitor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of an agent's page. */
final class AgentRoutes {
  /** Names on the chain have 160 bytes at most. */
  private static final int LONGEST_NAME = 200;

  private final ShownAgent agent;
  private final LocalServer server;
  private final OwnersDesk desk;

  AgentRoutes(ShownAgent agent, LocalServer server) {
    this.agent = agent;
    this.server = server;
    this.desk = new OwnersDesk(agent.home());
  }

  List<ApiRoute<Visitor>> all() {
    List<ApiRoute<Visitor>> all = new ArrayList<>(api());
    all.add(ApiRoute.page("/", Visitor.ANYBODY, this::start));
    for (String name : OwnersPages.names()) {
      if (!name.endsWith(".html")) {
        all.add(ApiRoute.page("/" + name, Visitor.OWNER, call -> file(call, name)));
      }
    }
    return all;
  }

  /** Those that programs may call, too. */
  List<ApiRoute<Visitor>> api() {
    return List.of(
        ApiRoute.<Visitor>of(
                "GET",
                "/v1/agent",
                "agent",
                "Says what the agent does, and what waits for its owner.",
                Visitor.OWNER,
                call -> AgentStatus.of(agent))
            .gives(AgentStatus.class),
        ApiRoute.<Visitor>of(
                "POST",
                "/v1/answers",
                "answer",
                "Answers for the run that waits, for a task, or for an author; as 'swarm agent"
                    + " approve' and 'deny'.",
                Visitor.OWNER,
                this::answer)
            .takes(AnswerOrder.class)
            .gives(AnswerNoted.class),
        ApiRoute.<Visitor>of(
                "GET",
                "/v1/runs/{run}/logs/{site}/{log}",
                "log",
                "Gives a part of a log, 64 KiB at most.",
                Visitor.OWNER,
                this::log)
            .query("from", long.class, "Where it begins, in bytes; without it, the end of the log.")
            .gives(LogPiece.class));
  }

  private @Nullable Object start(ApiCall<Visitor> call) {
    if (call.caller().isOwner()) {
      return file(call, OwnersPages.AGENT);
    }
    server.ask(call);
    return null;
  }

  private static @Nullable Object file(ApiCall<Visitor> call, String name) {
    var found =
        OwnersPages.find(name, call.header("If-None-Match"), call.header("Accept-Encoding"))
            .orElseThrow();
    found.headers().forEach(call::answerHeader);
    call.status(found.status());
    if (found.status() != 304) {
      call.answer(found.mediaType(), found.body());
    }
    return null;
  }

  private AnswerNoted answer(ApiCall<Visitor> call) throws IOException {
    AnswerOrder order = call.body(AnswerOrder.class);
    String name = required("name", order.name());
    Boolean approved = order.approved();
    if (approved == null) {
      throw ApiProblem.badValue("approved", "approved is missing; send true or false");
    }
    String about =
        switch (required("kind", order.kind())) {
          case "run" -> ofRun(name, approved);
          case "task" -> {
            desk.answerTask(name, approved);
            yield "task " + name;
          }
          case "author" -> {
            desk.answerAuthor(name, approved);
            yield "tasks of " + name;
          }
          default ->
              throw ApiProblem.badValue(
                  "kind", "kind is " + order.kind() + "; send run, task or author");
        };
    return new AnswerNoted(about, approved);
  }

  private String ofRun(String name, boolean approved) throws IOException {
    try {
      return desk.answerWaiting(Long.valueOf(name), approved);
    } catch (NumberFormatException e) {
      throw ApiProblem.badValue("name", "name is " + name + "; send the number of the run");
    } catch (IllegalStateException e) {
      throw ApiProblem.of(409, "not-waiting", String.valueOf(e.getMessage())).because(e);
    }
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank() || value.length() > LONGEST_NAME) {
      throw ApiProblem.badValue(field, field + " has to have 1 to " + LONGEST_NAME + " characters");
    }
    return value;
  }

  /** Names of the path are compared with what there is; they are never part of a file's name. */
  private LogPiece log(ApiCall<Visitor> call) throws IOException {
    try {
      for (Path run : agent.home().runs()) {
        if (String.valueOf(run.getFileName()).equals(call.path("run"))) {
          for (KeptRunLog log : KeptRunLog.in(run)) {
            if (log.site().equals(call.path("site")) && log.name().equals(call.path("log"))) {
              return LogPiece.read(log.file(), call.query("from", -1, -1, Long.MAX_VALUE));
            }
          }
        }
      }
    } catch (NoSuchFileException e) {
      // Dropped meanwhile: there are logs of twenty runs.
    }
    throw ApiProblem.of(404, "no-log", "there is no such log here; the last 20 runs are kept");
  }
}
