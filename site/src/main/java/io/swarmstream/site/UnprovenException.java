package io.swarmstream.site;

/**
 * A merged model is not the one that the chain has, or the chain was required to have it and does
 * not.
 */
public final class UnprovenException extends SiteException {
  private static final long serialVersionUID = 1L;

  UnprovenException(String message) {
    super(message);
  }
}
