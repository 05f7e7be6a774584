package io.swarmstream.site.node.problem;

import java.util.Locale;

/**
 * Kinds of problems between a trainer and its site node: HTTP status, title, and a code for
 * programs.
 */
public enum ProblemCode {
  BAD_VALUE(400, "A value is out of its range"),
  BAD_BODY(400, "The body cannot be read"),
  UNAUTHORIZED(401, "The request does not show the node's token"),
  CROSS_SITE(403, "The request comes from another web page"),
  NOT_ENROLLED(403, "The site is not enrolled in the contract"),
  NOT_LICENSED(403, "The site node has no licence to begin a training"),
  NOT_APPROVED(403, "The owner of the site has not approved the training"),
  KAFKA_DENIED(403, "Kafka denies the site node a right that it needs"),
  NOT_FOUND(404, "There is nothing at this path"),
  UNKNOWN_CONTRACT(404, "There is no such contract"),
  UNKNOWN_SESSION(404, "There is no such session"),
  UNKNOWN_SYNC(404, "There is no such sync"),
  NO_MODEL(404, "There is no merged model yet"),
  METHOD_NOT_ALLOWED(405, "The path does not support this method"),
  TOO_SLOW(408, "The body arrives too slowly"),
  LAYOUT_MISMATCH(409, "The model does not have the contract's layout"),
  NOT_ASKED(409, "The site node does not ask its owner"),
  TERMS_MISMATCH(409, "The contract has other terms"),
  SESSION_OPEN(409, "Another session has this contract"),
  SYNC_CONFLICT(409, "The sync was sent with other weights"),
  SYNC_RUNNING(409, "Another sync is under way"),
  STALE_SYNC(409, "The sync is over"),
  TRAINING_OVER(409, "The training is over"),
  REJECTED(409, "The job rejected the contribution"),
  TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body has another media type"),
  CHAIN_REFUSED(422, "The chain refuses what the contract needs"),
  NOT_FINITE(422, "A weight is not finite"),
  INTERNAL(500, "The site node has failed"),
  UNPROVEN(502, "The merged model does not match the chain"),
  SWARM_UNREACHABLE(503, "Kafka or the chain does not answer"),
  BUSY(503, "The site node serves too many requests at once"),
  ROUND_DEADLINE(504, "The round was not merged in time"),
  MIN_PEERS_NOT_REACHED(504, "Too few sites have contributed");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** What happened, in general. */
  public String title() {
    return title;
  }

  /** For programs, such as {@code unknown-session}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
