package io.swarmstream.site;

/**
 * A merged model differs from the one that the chain has anchored, or an anchor is required and did
 * not come in time. The model was not taken as the site's base.
 */
@PublicApi
public final class UnprovenException extends SiteException {
  private static final long serialVersionUID = 1L;

  /**
   * A model that is not proven.
   *
   * @param message both hashes, or the time waited, and what to do
   */
  public UnprovenException(String message) {
    super(message);
  }
}
