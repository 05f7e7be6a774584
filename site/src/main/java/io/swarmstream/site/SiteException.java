package io.swarmstream.site;

/**
 * A site cannot go on; the message says why and what to do.
 *
 * <pre>
 * SiteException
 * ├── RejectedException   the job refused the contribution for a reason that sending it again will not mend
 * └── UnprovenException   a merged model is not the one that the chain has
 * </pre>
 */
public class SiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SiteException(String message) {
    super(message);
  }

  public SiteException(String message, Throwable cause) {
    super(message, cause);
  }
}
