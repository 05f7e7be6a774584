package io.swarmstream.licence;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** All that a licence server remembers: what is in its file, and what it tells its partner. */
public record LicenceState(
    @JsonPropertyDescription("When it was written, ISO 8601.") String written,
    @JsonPropertyDescription("Installed licences, as their issuers signed them.")
        List<String> licences,
    @JsonPropertyDescription("Leases.") List<Lease> leases,
    @JsonPropertyDescription("Nodes that get no lease.") List<Revocation> revocations) {
  public LicenceState {
    licences = List.copyOf(licences);
    leases = List.copyOf(leases);
    revocations = List.copyOf(revocations);
  }
}
