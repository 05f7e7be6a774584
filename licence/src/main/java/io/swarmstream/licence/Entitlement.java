package io.swarmstream.licence;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may run how many nodes of a study until when. The newest one of a study replaces the others.
 */
public record Entitlement(
    @JsonPropertyDescription("Name of the study or consortium.") String study,
    @JsonPropertyDescription("When it was issued, ISO 8601; the newest of a study counts.")
        String issued,
    @JsonPropertyDescription("Last day, such as 2027-12-31, in UTC.") String until,
    @JsonPropertyDescription("Who may run how many nodes.") List<Share> organisations) {

  /** What one organisation may run. */
  public record Share(
      @JsonPropertyDescription("As its certificates say (O), or its SPIFFE trust domain.")
          String name,
      @JsonPropertyDescription("Network nodes.") int sn,
      @JsonPropertyDescription("Site nodes.") int sl,
      @JsonPropertyDescription("Task agents.") int swop) {

    /** How many nodes of a kind. */
    public int places(LicenceFeature feature) {
      return switch (feature) {
        case SN -> sn;
        case SL -> sl;
        case SWOP -> swop;
      };
    }
  }

  /**
   * Checks what was written by hand.
   *
   * @throws IllegalArgumentException naming the field and the way out
   */
  @SuppressWarnings("ConstantValue") // JSON may leave out any of them
  public Entitlement {
    require(study != null && !study.isBlank(), "study is missing; name the study or consortium");
    require(until != null, "until is missing; give the last day, such as 2027-12-31");
    require(organisations != null && !organisations.isEmpty(), "organisations are missing");
    var unusedDay = day(until);
    require(issued != null, "issued is missing");
    var unusedMoment = moment(issued);
    Set<String> names = new HashSet<>();
    for (Share share : organisations) {
      require(share.name() != null && !share.name().isBlank(), "an organisation has no name");
      require(names.add(share.name()), "organisation " + share.name() + " is there twice");
      for (LicenceFeature feature : LicenceFeature.values()) {
        require(
            share.places(feature) >= 0,
            share.name() + ": " + feature + " is " + share.places(feature) + "; use 0 or more");
      }
    }
    organisations = List.copyOf(organisations);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("until is " + text + "; use a day such as 2027-12-31", e);
    }
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "issued is " + text + "; use a time such as 2027-01-31T12:00:00Z", e);
    }
  }

  Instant issuedAt() {
    return moment(issued);
  }

  /** The first moment at which it does not hold any more. */
  Instant end() {
    return day(until).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(end());
  }

  /** What an organisation may run, as a sentence. */
  public String inWords(Share share) {
    return share.name()
        + " may run "
        + share.sn()
        + " network nodes (SN), "
        + share.sl()
        + " site nodes (SL) and "
        + share.swop()
        + " task agents (SWOP) in "
        + study
        + " until "
        + until;
  }

  Optional<Share> share(String organisation) {
    return organisations.stream().filter(share -> share.name().equals(organisation)).findFirst();
  }
}
