package io.swarmstream.site.node.http;

/** What the node does at one address with one method. */
interface Endpoint {
  Described describe();

  Answer answer(Call call) throws Exception;
}
