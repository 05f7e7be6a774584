package io.swarmstream.site.node.http;

/** Answers one method of one path, and describes itself. */
interface Endpoint {
  Described describe();

  /**
   * Refuses what can be refused before the body is read.
   *
   * @throws io.swarmstream.site.node.problem.ProblemException when it is refused
   */
  default void admit(Call call) {}

  Answer answer(Call call) throws Exception;
}
