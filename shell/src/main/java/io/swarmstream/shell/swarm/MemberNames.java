package io.swarmstream.shell.swarm;

import io.swarmstream.clients.network.MemberInfo;
import java.util.List;
import java.util.Optional;

/** Names of members and their accounts, each found by the other. */
public final class MemberNames {
  private final List<MemberInfo> members;

  private MemberNames(List<MemberInfo> members) {
    this.members = members;
  }

  public static MemberNames of(Swarm swarm) {
    return new MemberNames(swarm.members());
  }

  /** The member's name; the account itself where it is nobody's. */
  public String name(String account) {
    return members.stream()
        .filter(member -> member.account().equalsIgnoreCase(account))
        .map(MemberInfo::name)
        .findFirst()
        .orElse(account);
  }

  /** The account of a member's name, or of itself. */
  public Optional<String> account(String nameOrAccount) {
    return members.stream()
        .filter(
            member ->
                member.name().equals(nameOrAccount)
                    || member.account().equalsIgnoreCase(nameOrAccount))
        .map(MemberInfo::account)
        .findFirst();
  }
}
