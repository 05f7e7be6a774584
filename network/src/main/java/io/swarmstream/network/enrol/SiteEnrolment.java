package io.swarmstream.network.enrol;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.Invitation;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.schemas.Privacy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enrols sites in the contracts that they were invited for, and removes them. The client's account
 * has to be an admin's.
 */
public final class SiteEnrolment {
  private static final Logger LOG = LoggerFactory.getLogger(SiteEnrolment.class);

  private final ChainClient chain;

  public SiteEnrolment(ChainClient chain) {
    this.chain = chain;
  }

  /**
   * Enrols a member in the contract that its invitation names, if that exists by now; in all that
   * are in use when the invitation names all.
   */
  public void enrolInvited(Member member) {
    if (!member.has(Role.SITE) || member.invitation().isEmpty()) {
      return;
    }
    chain
        .members()
        .invitation(member.invitation())
        .map(Invitation::offer)
        .filter(offer -> !offer.contract().isEmpty())
        .ifPresent(
            offer ->
                named(offer.contract())
                    .forEach(contract -> enrol(contract, member, offer.maxWeight())));
  }

  private Set<String> named(String contract) {
    return contract.equals(InvitationFile.ALL_CONTRACTS) ? inUse() : Set.of(onChain(contract));
  }

  /** All contracts but those that a reset has ended. */
  private Set<String> inUse() {
    Set<String> found = new LinkedHashSet<>(chain.registry().names());
    for (String name : chain.members().draftNames()) {
      int generation = chain.members().generation(name);
      for (int ended = 1; ended < generation; ended++) {
        found.remove(ContractDraft.onChain(name, ended));
      }
    }
    return found;
  }

  /** Enrols all active sites that were invited for a contract that has just been created. */
  public void enrolWaiting(String name, String contract) {
    Map<String, Invitation> used = new HashMap<>();
    for (Invitation invitation : chain.members().invitations()) {
      String invitedFor = invitation.offer().contract();
      if (invitedFor.equals(name) || invitedFor.equals(InvitationFile.ALL_CONTRACTS)) {
        used.put(invitation.account(), invitation);
      }
    }
    for (Member member : chain.members().all()) {
      Invitation invitation = used.get(member.account());
      if (invitation != null && member.has(Role.SITE)) {
        enrol(contract, member, invitation.offer().maxWeight());
      }
    }
  }

  /** Removes a site from all contracts. */
  public void removeFromAll(String account) {
    for (String contract : chain.registry().names()) {
      if (isEnrolled(contract, account)) {
        var unused = chain.administration().removeSite(contract, account);
      }
    }
  }

  /** The name on the chain of what people call {@code name}: with a number after a reset. */
  public String onChain(String name) {
    return ContractDraft.onChain(name, chain.members().generation(name));
  }

  private void enrol(String contract, Member member, int maxWeight) {
    if (!chain.registry().names().contains(contract) || isEnrolled(contract, member.account())) {
      return;
    }
    try {
      var unused =
          chain
              .administration()
              .enrolSite(contract, member.account(), member.name(), weight(contract, maxWeight));
    } catch (ChainRefusalException e) {
      LOG.warn("{} is a member, but not enrolled: {}", member.name(), e.getMessage());
    }
  }

  /** An invitation for all contracts may allow more than one of them does; 1 is always allowed. */
  private int weight(String contract, int maxWeight) {
    if (maxWeight <= 1) {
      return 1;
    }
    try {
      Optional<Privacy> privacy = chain.registry().privacy(contract);
      return privacy.map(known -> known.allowedWeight(maxWeight)).orElse(maxWeight);
    } catch (ChainException e) {
      LOG.warn("enrolling with weight 1: {}", e.getMessage());
      return 1;
    }
  }

  private boolean isEnrolled(String contract, String account) {
    List<Enrolment> sites = chain.registry().sites(contract);
    return sites.stream().anyMatch(site -> site.address().equals(account));
  }
}
