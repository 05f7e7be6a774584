package io.swarmstream.site;

/** The site would give away more than the contract's privacy says; it sends nothing. */
@PublicApi
public final class PrivacyException extends SiteException {
  private static final long serialVersionUID = 1L;

  /**
   * What cannot be kept.
   *
   * @param message why, and what to do
   */
  public PrivacyException(String message) {
    super(message);
  }
}
