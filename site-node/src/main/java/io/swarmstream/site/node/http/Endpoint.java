package io.swarmstream.site.node.http;

/** What the node does at one address with one method. */
interface Endpoint {
  Described describe();

  /**
   * Refuses what can be refused without the body, before that is read.
   *
   * @throws io.swarmstream.site.node.problem.ProblemException when it is refused
   */
  default void admit(Call call) {}

  Answer answer(Call call) throws Exception;
}
