package io.swarmstream.site.node.http;

import java.util.List;

/** All endpoints of the node. */
final class Endpoints {
  static final List<Endpoint> ALL =
      List.of(
          new GetPage(),
          GetPageFile.asset(),
          GetPageFile.licences(),
          new GetLogin(),
          new PostLogin(),
          new GetHealth(),
          new GetStatus(),
          new GetMetrics(),
          new GetOpenApi(),
          new PutSession(),
          new DeleteSession(),
          new PutSync(),
          new GetSync(),
          new GetSyncModel(),
          new GetModel(),
          new PostEvaluation(),
          new PostFinish(),
          new GetFinal(),
          new GetFinalModel(),
          new GetCurve(),
          new PutApproval());

  private Endpoints() {}
}
