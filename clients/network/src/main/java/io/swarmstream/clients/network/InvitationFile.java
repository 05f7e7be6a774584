package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one organisation gives another so that it can join: where the network is, whom to trust, and
 * a token that works once. Whoever has the file can use it.
 *
 * @param swarmstream always {@code invitation}
 * @param version of this format
 * @param name of the future member
 * @param contract that the future site is enrolled in; null: none
 * @param expires ISO 8601
 * @param networkNodes URLs of the API
 * @param chainId of the swarm's chain
 * @param swarmMembers address of the smart contract SwarmMembers; with the chain, a part of what a
 *     newcomer signs
 * @param authorities PEM of the authorities that certify the network nodes
 * @param sites of a task agent, which are invited with it; null: none
 */
public record InvitationFile(
    @JsonProperty("swarmstream") String swarmstream,
    @JsonProperty("version") int version,
    @JsonProperty("name") String name,
    @JsonProperty("organisation") String organisation,
    @JsonProperty("roles") List<String> roles,
    @JsonProperty("contract") @Nullable String contract,
    @JsonProperty("expires") String expires,
    @JsonProperty("networkNodes") List<String> networkNodes,
    @JsonProperty("chainId") long chainId,
    @JsonProperty("swarmMembers") String swarmMembers,
    @JsonProperty("authorities") List<String> authorities,
    @JsonProperty("token") String token,
    @JsonProperty("sites") @Nullable List<InvitedSite> sites) {
  /** In place of a contract's name: every contract that there is, or will be. */
  public static final String ALL_CONTRACTS = "*";

  private static final String KIND = "invitation";
  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  /** An invitation in the present format. */
  public static InvitationFile of(
      String name,
      String organisation,
      List<String> roles,
      @Nullable String contract,
      Instant expires,
      List<String> networkNodes,
      long chainId,
      String swarmMembers,
      List<String> authorities,
      String token) {
    return new InvitationFile(
        KIND,
        VERSION,
        name,
        organisation,
        roles,
        contract,
        expires.toString(),
        networkNodes,
        chainId,
        swarmMembers,
        authorities,
        token,
        null);
  }

  /** The same invitation with sites that join with this member. */
  public InvitationFile withSites(List<InvitedSite> invited) {
    return with(name, roles, token, List.copyOf(invited));
  }

  /** The sites that join with this member, by their index. */
  public List<InvitedSite> invitedSites() {
    return sites == null ? List.of() : sites;
  }

  /** The invitation of one of the sites that join with this member. */
  public InvitationFile ofSite(InvitedSite site) {
    return with(site.name(), List.of("site"), site.token(), null);
  }

  private InvitationFile with(
      String member, List<String> may, String secret, @Nullable List<InvitedSite> invited) {
    return new InvitationFile(
        swarmstream,
        version,
        member,
        organisation,
        may,
        contract,
        expires,
        networkNodes,
        chainId,
        swarmMembers,
        authorities,
        secret,
        invited);
  }

  /**
   * Reads an invitation.
   *
   * @throws IllegalArgumentException when the file is no invitation that this version can read
   */
  public static InvitationFile read(Path file) throws IOException {
    InvitationFile read;
    try {
      read = JSON.readValue(TextFile.read(file), InvitationFile.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + " is no invitation: " + e.getOriginalMessage() + "; ask for it again", e);
    }
    if (read == null || !KIND.equals(read.swarmstream)) {
      throw new IllegalArgumentException(
          file + " is no invitation; 'swarm network invite' makes one");
    }
    if (read.version != VERSION) {
      throw new IllegalArgumentException(
          file
              + " has version "
              + read.version
              + ", and this program reads version "
              + VERSION
              + "; use the release of the organisation that invites");
    }
    return read;
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an invitation cannot be written as JSON", e);
    }
  }

  public List<URI> nodes() {
    return networkNodes.stream().map(URI::create).toList();
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "invitation of " + name + " by " + networkNodes + " until " + expires;
  }
}
