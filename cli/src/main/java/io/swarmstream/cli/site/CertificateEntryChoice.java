package io.swarmstream.cli.site;

import io.swarmstream.cli.options.IdentityChoice;
import io.swarmstream.cli.options.NodeAddress;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.site.node.join.CertificateJoining;
import io.swarmstream.site.node.join.Joining;
import io.swarmstream.site.node.join.SiteFolder;
import io.swarmstream.tasks.definitions.AgentProfile;
import io.swarmstream.tasks.definitions.SiteProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code swarm site join} for those who have a certificate and no invitation. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CertificateEntryChoice {
  @Option(
      names = "--network-node",
      paramLabel = "HOST:PORT",
      description =
          "Joins by --cert at this network node, which was started with --admit-certificates.")
  private @Nullable String networkNode;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "With --network-node: name of the new member. Default: common name of the certificate.")
  private @Nullable String name;

  @Option(
      names = "--role",
      split = ",",
      paramLabel = "ROLE",
      description = "With --network-node: what it is to be; several with commas. Default: site.")
  private @Nullable List<String> roles;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE.yaml",
      description =
          "With --network-node and --role agent: the sites of this profile join, too, by the"
              + " certificates that it names.")
  private @Nullable Path profile;

  boolean isGiven() {
    return networkNode != null;
  }

  /**
   * Checks that no option is given that would mean nothing.
   *
   * @throws IllegalArgumentException naming it
   */
  void check() {
    List<String> others = new ArrayList<>();
    if (name != null) {
      others.add("--name");
    }
    if (roles != null) {
      others.add("--role");
    }
    if (profile != null) {
      others.add("--profile");
    }
    if (networkNode == null && !others.isEmpty()) {
      throw new IllegalArgumentException(
          String.join(", ", others)
              + " can be given with --network-node only; an invitation says name, roles and sites"
              + " itself");
    }
    if (profile != null && !roles().contains("agent")) {
      throw new IllegalArgumentException(
          "--profile needs --role agent: a task agent runs the sites of a profile");
    }
  }

  private List<String> roles() {
    return roles == null ? List.of("site") : roles;
  }

  void join(MemberPlace place, IdentityChoice identity) throws Exception {
    Map<Integer, BroughtIdentity> sites = sites(place);
    String member = join(place, place.path(), () -> given(place, identity), name, roles());
    for (Map.Entry<Integer, BroughtIdentity> site : sites.entrySet()) {
      String joined =
          join(
              place,
              SiteFolder.ofAgent(place.path(), site.getKey()),
              site::getValue,
              member + "-" + site.getKey(),
              List.of("site"));
      place.progress(joined + " is the site with idx " + site.getKey() + " of the profile");
    }
  }

  /** Returns the member's name. */
  private String join(
      MemberPlace place,
      Path path,
      Supplier<BroughtIdentity> identity,
      @Nullable String wanted,
      List<String> may)
      throws Exception {
    try (FolderLock held = FolderLock.of(path, "a program is running in " + path + "; stop it")) {
      SiteFolder folder = SiteFolder.open(path);
      BroughtIdentity brought = identity.get();
      try (BroughtIdentity.Following source = follow(place, brought, folder)) {
        brought.rememberIn(folder.identity());
        Joining.Joined joined =
            new CertificateJoining(folder, List.of(node(place))).join(wanted, may);
        place.say(
            joined.settings().name()
                + " of "
                + joined.settings().organisation()
                + " is a member of the swarm; its account is "
                + joined.account()
                + ".");
        return joined.settings().name();
      }
    }
  }

  /** Identities of the profile's sites that have one; the others join by invitations. */
  private Map<Integer, BroughtIdentity> sites(MemberPlace place) throws IOException {
    if (profile == null) {
      return Map.of();
    }
    try {
      Map<Integer, BroughtIdentity> sites = new TreeMap<>();
      ProfileIdentity identities = new ProfileIdentity();
      for (SiteProfile site :
          AgentProfile.parse(profile.toString(), TextFile.read(profile)).sites()) {
        if (site.identity().isEmpty()) {
          place.progress(
              "the site with idx "
                  + site.index()
                  + " has no identity in the profile; join it by an invitation: --folder "
                  + SiteFolder.ofAgent(place.path(), site.index()));
        } else {
          sites.put(site.index(), identities.of(site));
        }
      }
      return sites;
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private URI node(MemberPlace place) {
    try {
      return NodeAddress.of(String.valueOf(networkNode));
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private static BroughtIdentity given(MemberPlace place, IdentityChoice identity) {
    return identity
        .given()
        .orElseThrow(
            () ->
                place.wrong(
                    new IllegalArgumentException(
                        "--network-node needs a certificate: --cert, --key and --cacert or"
                            + " --capath")));
  }

  private static BroughtIdentity.Following follow(
      MemberPlace place, BroughtIdentity brought, SiteFolder folder)
      throws IOException, InterruptedException {
    try {
      return brought.follow(folder.identity());
    } catch (IdentityException e) {
      throw place.wrong(new IllegalArgumentException(e.getMessage(), e));
    }
  }
}
