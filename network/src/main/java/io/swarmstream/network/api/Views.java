package io.swarmstream.network.api;

import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.AuthorityInfo;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.EnrolledSiteInfo;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.network.api.Generations.Generation;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.PrivacyLoss;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what the chain says into the API's JSON. */
final class Views {
  private Views() {}

  static MemberInfo of(Member member) {
    return new MemberInfo(
        member.name(),
        member.organisation(),
        member.account(),
        member.roles().stream().map(Role::code).sorted().toList(),
        member.status().code(),
        member.keyHash(),
        member.spiffeId().isEmpty() ? null : member.spiffeId());
  }

  static AuthorityInfo of(Authority authority) {
    return new AuthorityInfo(authority.organisation(), authority.hash(), authority.pem());
  }

  static ContractInfo of(Generation generation, ChainClient chain) {
    String contract = generation.contract();
    Optional<ContractTerms> terms = chain.registry().terms(contract);
    @Nullable String text = generation.draft().orElse(null);
    if (terms.isEmpty()) {
      return new ContractInfo(
          generation.name(),
          contract,
          generation.number(),
          "draft",
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          text);
    }
    ContractTerms known = terms.get();
    return new ContractInfo(
        generation.name(),
        contract,
        generation.number(),
        generation.isNewest() ? "open" : "ended",
        chain.registry().owner(contract).orElse(null),
        chain.registry().coordinator(contract).orElse(null),
        known.method(),
        known.minPeers(),
        known.gracePeriodMs(),
        known.trainedParameters(),
        known.deltaEncoding().code(),
        known.adaptiveInterval(),
        known.layoutHash(),
        known.limits().text(),
        known.payloadHash().code(),
        known.optimizer().shown(),
        known.privacy().shown(),
        PrivacyLoss.after(known, chain.anchors().nextRound(contract) - 1)
            .map(PrivacyLoss::toString)
            .orElse(null),
        chain.registry().sites(contract).stream()
            .map(site -> new EnrolledSiteInfo(site.name(), site.address(), site.maxWeight()))
            .toList(),
        text);
  }
}
