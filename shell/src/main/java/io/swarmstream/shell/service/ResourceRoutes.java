package io.swarmstream.shell.service;

import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiRoute;
import java.util.List;

/** Resources: nodes and training contracts. */
final class ResourceRoutes {
  private final ResourceCommands commands;

  ResourceRoutes(ResourceCommands commands) {
    this.commands = commands;
  }

  List<ApiRoute<ShellCaller>> all() {
    return List.of(
        route(
                "GET",
                "/v1/nodes",
                "listNodes",
                "Programs that were heard within a day.",
                this::nodes)
            .givesListOf(NodeInfo.class),
        route("GET", "/v1/contracts", "listContracts", "All training contracts.", this::contracts)
            .givesListOf(ContractInfo.class),
        route(
                "POST",
                "/v1/contracts",
                "createContract",
                "Makes a draft on the chain.",
                this::create)
            .takes(Orders.NameOrder.class)
            .gives(ContractInfo.class),
        route(
                "GET",
                "/v1/contracts/{name}",
                "getContract",
                "A training contract.",
                call -> contract(name(call)))
            .gives(ContractInfo.class),
        route(
                "GET",
                "/v1/contracts/{name}/performance",
                "getPerformance",
                "How far its training is, and what each site last reported of itself.",
                this::performance)
            .gives(PerformanceInfo.class),
        route(
                "POST",
                "/v1/contracts/{name}/reset",
                "resetContract",
                "Makes its training start anew; refused while sites train.",
                this::reset)
            .gives(ContractInfo.class));
  }

  static ApiRoute<ShellCaller> route(
      String method,
      String path,
      String operation,
      String summary,
      ApiRoute.Handler<ShellCaller> handler) {
    return ApiRoute.of(method, path, operation, summary, ShellGate.ALLOWED, handler);
  }

  private List<NodeInfo> nodes(ApiCall<ShellCaller> call) throws Exception {
    return commands.in(session -> session.swarm().nodes());
  }

  private List<ContractInfo> contracts(ApiCall<ShellCaller> call) throws Exception {
    return commands.in(session -> session.swarm().contracts());
  }

  private ContractInfo contract(String name) throws Exception {
    return commands.in(session -> session.swarm().contract(name));
  }

  private PerformanceInfo performance(ApiCall<ShellCaller> call) throws Exception {
    String name = name(call);
    return commands.in(session -> session.swarm().performance(name));
  }

  private ContractInfo create(ApiCall<ShellCaller> call) throws Exception {
    Orders.NameOrder order = call.body(Orders.NameOrder.class);
    commands.run("CREATE CONTRACT " + order.quoted());
    return contract(String.valueOf(order.name()));
  }

  private ContractInfo reset(ApiCall<ShellCaller> call) throws Exception {
    String name = name(call);
    commands.run("RESET CONTRACT " + Quoted.of(name));
    return contract(name);
  }

  /** It becomes a part of a path. */
  private String name(ApiCall<ShellCaller> call) throws Exception {
    return commands.in(session -> ContractTerms.checkName(call.path("name")));
  }
}
