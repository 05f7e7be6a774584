package io.swarmstream.site;

/**
 * A site cannot continue; the message says why and what to do.
 *
 * <pre>
 * SiteException
 * ├── PrivacyException    the contract's privacy cannot be kept here
 * ├── RejectedException   the job rejected the contribution; sending it again does not help
 * └── UnprovenException   a merged model is not the one that the chain has
 * </pre>
 */
@PublicApi
public class SiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A site that cannot continue.
   *
   * @param message why, and what to do
   */
  public SiteException(String message) {
    super(message);
  }

  /**
   * A site that cannot continue because of another failure.
   *
   * @param message why, and what to do
   * @param cause the other failure
   */
  public SiteException(String message, Throwable cause) {
    super(message, cause);
  }
}
