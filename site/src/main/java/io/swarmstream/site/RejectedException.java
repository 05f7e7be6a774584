package io.swarmstream.site;

import io.swarmstream.schemas.avro.Rejection;

/** The job refused a contribution for a reason that sending it again will not mend. */
public final class RejectedException extends SiteException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String field;

  RejectedException(Rejection rejection) {
    super(
        "contribution to round "
            + rejection.getRound()
            + " of contract "
            + rejection.getContract()
            + " was refused ("
            + rejection.getReason()
            + (rejection.getField().isEmpty() ? "" : ", field " + rejection.getField())
            + "): "
            + rejection.getMessage());
    this.reason = rejection.getReason();
    this.field = rejection.getField();
  }

  /** A {@link io.swarmstream.schemas.rounds.RejectionReason}'s code. */
  public String reason() {
    return reason;
  }

  /** The field at fault; may be empty. */
  public String field() {
    return field;
  }
}
