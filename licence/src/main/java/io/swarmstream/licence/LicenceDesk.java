package io.swarmstream.licence;

import io.swarmstream.web.ApiProblem;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the book of leases: only while this server is the active one, and not before its disk has
 * the change; then the partner is told, if it has answered lately. Otherwise it is told later
 * ({@link LicenceWatch}).
 */
final class LicenceDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LicenceDesk.class);

  private final LeaseBook book;
  private final LicenceFolder folder;
  private final @Nullable LicencePartner partner;
  private final boolean isPrimary;
  private volatile boolean isActive;

  LicenceDesk(
      LeaseBook book, LicenceFolder folder, @Nullable LicencePartner partner, boolean isPrimary) {
    this.book = book;
    this.folder = folder;
    this.partner = partner;
    this.isPrimary = isPrimary;
  }

  LeaseBook book() {
    return book;
  }

  LicenceHealth health() {
    return new LicenceHealth(
        isPrimary ? "primary" : "secondary",
        isActive,
        partner == null ? null : partner.url().toString(),
        partner == null ? null : partner.answers());
  }

  boolean isActive() {
    return isActive;
  }

  synchronized void activate(boolean active) {
    if (isActive != active) {
      LOG.info(
          active ? "gives leases now" : "leaves the leases to {}",
          partner == null ? "" : partner.url());
    }
    isActive = active;
  }

  /** Makes a change and keeps it. */
  synchronized <T> T change(Supplier<T> change) {
    if (!isActive) {
      throw ApiProblem.of(
          503,
          "not-active",
          "this is the secondary licence server; ask "
              + (partner == null ? "the primary" : partner.url()));
    }
    LicenceState before = book.state();
    T result = change.get();
    try {
      folder.write(book.state());
    } catch (IOException e) {
      book.replace(before);
      LOG.error("cannot write leases", e);
      throw ApiProblem.of(500, "not-kept", "leases cannot be written to the disk: " + e).because(e);
    }
    if (partner != null && partner.answers()) {
      var unused = tellPartner();
    }
    return result;
  }

  /** Tells the partner everything; whether it knows now. */
  synchronized boolean tellPartner() {
    try {
      return partner != null && partner.tell(book.state());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the partner says: all that counts, or, if both have given leases, a part. */
  synchronized LicenceHealth hear(LicenceState state) throws IOException {
    if (isActive) {
      book.merge(state);
    } else {
      book.replace(state);
    }
    folder.write(book.state());
    return health();
  }

  /** Takes up what was remembered, here and, if it answers, at the partner. */
  synchronized void recall() throws IOException, InterruptedException {
    boolean others = partner != null && partner.isActive(); // nodes could renew there
    folder.read().ifPresent(others ? book::merge : book::restore);
    Optional<LicenceState> other = partner == null ? Optional.empty() : partner.state();
    other.ifPresent(book::merge);
    folder.write(book.state());
  }
}
