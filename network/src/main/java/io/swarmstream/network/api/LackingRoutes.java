package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.CONSOLE;
import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.network.LackInfo;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.List;

/** Routes that a network node has: they say why a local swarm has not. */
final class LackingRoutes {
  private record Elsewhere(String method, String path, String operation, String what) {}

  private static final List<Elsewhere> ELSEWHERE =
      List.of(
          new Elsewhere("GET", "/v1/members", "listMembers", "members"),
          new Elsewhere("POST", "/v1/invitations", "invite", "members"),
          new Elsewhere("GET", "/v1/tasks", "listTasks", "tasks"),
          new Elsewhere("GET", "/v1/taskrunners", "listTaskrunners", "tasks"));

  private final List<LackInfo> lacks;

  LackingRoutes(List<LackInfo> lacks) {
    this.lacks = lacks;
  }

  List<ApiRoute<Caller>> all() {
    return ELSEWHERE.stream()
        .flatMap(
            route ->
                lacks.stream()
                    .filter(lack -> lack.what().equals(route.what()))
                    .map(lack -> refusing(route, lack.sentence())))
        .toList();
  }

  private static ApiRoute<Caller> refusing(Elsewhere route, String sentence) {
    return ApiRoute.of(
        route.method(),
        route.path(),
        route.operation(),
        sentence,
        route.method().equals("GET") ? MEMBER : CONSOLE,
        call -> {
          throw ApiProblem.of(404, "no-network", sentence);
        });
  }
}
