package io.swarmstream.site.node.http;

import io.swarmstream.site.node.SiteNode;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Passes Jetty's requests to the endpoints. */
final class NodeHandler extends Handler.Abstract {
  private final Shared shared;

  NodeHandler(Shared shared) {
    this.shared = shared;
  }

  /**
   * What all requests share.
   *
   * @param budget for bodies that are held in memory
   * @param places for requests that may wait: fewer than threads, so that some are left for those
   *     that do not, such as health checks
   */
  record Shared(SiteNode node, Routes routes, Door door, BodyBudget budget, Semaphore places) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    new Conversation(shared, request, response, callback).begin();
    return true;
  }
}
