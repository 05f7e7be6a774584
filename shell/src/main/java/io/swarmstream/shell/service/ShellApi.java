package io.swarmstream.shell.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.web.ApiDocument;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ApiRoute;
import java.util.ArrayList;
import java.util.List;

/** All routes of the service. */
final class ShellApi {
  private static final String TITLE = "Swarmstream shell";
  private static final String ACCESS =
      "Callers show the certificate of the member whose shell it is, or of a member that it allows."
          + " What they do is signed with the account of the shell's member.";

  private ShellApi() {}

  static List<ApiRoute<ShellCaller>> routes(
      Interpreter interpreter, RemoteSessions sessions, Uploads uploads) {
    ResourceCommands commands = new ResourceCommands(interpreter.grammar(), sessions);
    List<ApiRoute<ShellCaller>> routes = new ArrayList<>();
    routes.addAll(new ExecRoutes(interpreter, sessions, uploads).all());
    routes.addAll(new ResourceRoutes(commands).all());
    routes.addAll(new TaskRoutes(commands).all());
    ObjectNode document = ApiDocument.of(TITLE, "1", ACCESS, routes);
    routes.add(
        ResourceRoutes.route(
                "GET",
                "/v1/openapi.json",
                "getOpenApi",
                "This document.",
                call -> ApiJson.bytes(document))
            .gives("application/json"));
    return routes;
  }
}
