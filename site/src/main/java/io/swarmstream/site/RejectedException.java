package io.swarmstream.site;

/** The job rejected a contribution for a reason that sending it again does not cure. */
@PublicApi
public final class RejectedException extends SiteException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String field;

  /**
   * A rejection by the job.
   *
   * @param message which contribution, why, and what to do
   * @param reason code of a {@link io.swarmstream.schemas.rounds.RejectionReason}
   * @param field at fault; may be empty
   */
  public RejectedException(String message, String reason, String field) {
    super(message);
    this.reason = reason;
    this.field = field;
  }

  /** The code of a {@link io.swarmstream.schemas.rounds.RejectionReason}. */
  public String reason() {
    return reason;
  }

  /** The field at fault; may be empty. */
  public String field() {
    return field;
  }
}
