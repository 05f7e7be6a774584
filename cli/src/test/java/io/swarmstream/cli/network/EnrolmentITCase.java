package io.swarmstream.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.cli.SwarmCommand;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.InvitedSite;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.network.chain.GenesisFile;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.network.chain.GethFolder;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.schemas.processes.FreePort;
import io.swarmstream.site.node.join.SiteFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organisations that meet by the commands, with real Ethereum nodes and without Kafka. */
class EnrolmentITCase {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String READY = "Ctrl-C stops it.";

  @TempDir private static Path folders;
  private static RunningCommand sentinel;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    long begin = System.nanoTime();
    // Transactions wait for no block: most of the time of these tests was that.
    NetworkFolder folder = NetworkFolder.open(folders.resolve("a"));
    GethFolder chain = folder.chain();
    chain.begin(
        GethBinary.find().orElseThrow(),
        GenesisFile.fresh(chain.sealer(), List.of(folder.account().address()))
            .withPeriodSeconds(0));
    sentinel =
        startNode(
            "a",
            "--sentinel",
            "--name",
            "org-a",
            "--kafka",
            "127.0.0.1:1",
            "--admit-certificates",
            "site,agent");
    print("sentinel ready", begin);
  }

  @AfterAll
  static void stop() throws Exception {
    if (sentinel != null) {
      assertThat(sentinel.stop()).isZero();
    }
  }

  private static RunningCommand startNode(String folder, String... more) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "network",
                "start",
                "--folder",
                at(folder),
                "--port",
                Integer.toString(FreePort.any()),
                "--p2p-port",
                Integer.toString(FreePort.any())));
    args.addAll(List.of(more));
    return RunningCommand.start(args.toArray(String[]::new)).awaitText(READY, START);
  }

  private static String at(String folder) {
    return folders.resolve(folder).toString();
  }

  private static void print(String what, long begin) {
    System.out.println(
        what + " after " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
  }

  /** What a command has printed, and its exit code. */
  private record Outcome(int code, String out, String err) {
    Outcome succeeds() {
      assertThat(code).as(err).isZero();
      return this;
    }

    void failsSaying(String... parts) {
      assertThat(code).as(out + err).isEqualTo(1);
      assertThat(err).contains(parts);
    }
  }

  private static Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = SwarmCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Outcome(code, out.toString(), err.toString());
  }

  private static String invite(String by, String name, String role, String... more) {
    String file = at(name + ".invite");
    List<String> args =
        new ArrayList<>(
            List.of("network", "invite", name, "--role", role, "--folder", at(by), "-o", file));
    args.addAll(List.of(more));
    var unused = run(args.toArray(String[]::new)).succeeds();
    return file;
  }

  private static String join(String name, String invitation) {
    return run("site", "join", invitation, "--folder", at(name)).succeeds().out();
  }

  @Test
  void aSiteJoinsByAnInvitationAndItsNodeIsHeard() throws Exception {
    long begin = System.nanoTime();
    String invitation = invite("a", "hospital-b", "site");
    assertThat(Files.getPosixFilePermissions(Path.of(invitation))).hasSize(2);
    assertThat(join("hospital-b", invitation)).contains("hospital-b of hospital-b is a member");
    print("invited and joined", begin);
    assertThat(run("network", "members", "--folder", at("a")).succeeds().out())
        .containsPattern("hospital-b +hospital-b +active +site");
    RunningCommand node =
        RunningCommand.start("site", "start", "--folder", at("hospital-b"), "--port", "0")
            .awaitText("Ctrl-C leaves", SOON);
    assertThat(run("network", "nodes", "--folder", at("a")).succeeds().out())
        .containsPattern("SL +hospital-b +hospital-b +yes");
    assertThat(run("site", "rotate-account", "--folder", at("hospital-b")).code()).isEqualTo(1);
    assertThat(run("site", "rotate-key", "--folder", at("hospital-b")).succeeds().out())
        .contains("The site's key is");
    assertThat(node.stop()).isZero();
    assertThat(run("site", "rotate-account", "--folder", at("hospital-b")).succeeds().out())
        .contains("The site's account is 0x");
    assertThat(run("contract", "list", "--swarm", at("hospital-b")).succeeds().out())
        .contains("contract");
  }

  @Test
  void anInvitationServesItsSiteAgainAndNobodyElse() {
    String invitation = invite("a", "hospital-c", "site");
    String first = join("hospital-c", invitation);
    assertThat(join("hospital-c", invitation)).isEqualTo(first);
    run("site", "join", invitation, "--folder", at("thief")).failsSaying("was used by account 0x");
    assertThat(run("network", "remove", "hospital-c", "--folder", at("a")).succeeds().out())
        .contains("hospital-c is removed.");
    awaitRefusal("is bound to no member", "contract", "list", "--swarm", at("hospital-c"));
  }

  /** Killed between the agent and its last site, and run again. */
  @Test
  void anAgentJoinsWithItsSitesByOneInvitation() throws Exception {
    String invitation = invite("a", "host-1", "agent", "--sites", "2", "--contract", "*");
    InvitationFile complete = InvitationFile.read(Path.of(invitation));
    assertThat(complete.invitedSites()).extracting(InvitedSite::name).contains("host-1-1");
    Path half = folders.resolve("half.invite");
    Files.writeString(half, complete.withSites(complete.invitedSites().subList(0, 1)).toJson());
    assertThat(join("host-1", half.toString())).contains("host-1-0 of host-1 is a member");
    assertThat(join("host-1", invitation))
        .contains("host-1 of host-1 is a member", "host-1-1 of host-1 is a member", "swarm agent");
    assertThat(SiteFolder.existing(folders.resolve("host-1/sites/1")).network().me())
        .extracting(MemberInfo::name, MemberInfo::roles)
        .containsExactly("host-1-1", List.of("site"));
    assertThat(run("network", "members", "--folder", at("a")).succeeds().out())
        .containsPattern("host-1 +host-1 +active +agent");
    Outcome wrong =
        run("network", "invite", "x", "--role", "site", "--sites", "2", "--folder", at("a"));
    assertThat(wrong.err()).contains("--sites needs --role agent");
  }

  /** Its second site has the name of another member. */
  @Test
  void noInvitationStaysOpenWhenOneOfSeveralFails() {
    var unused = join("host-9-1", invite("a", "host-9-1", "site"));
    run("network", "invite", "host-9", "--role", "agent", "--sites", "2", "--folder", at("a"))
        .failsSaying("host-9-1");
    assertThat(run("network", "audit", "--folder", at("a")).succeeds().out())
        .containsPattern("org-a cancelled the invitation of host-9 ")
        .containsPattern("org-a cancelled the invitation of host-9-0 ");
  }

  /** Without invitations: the profile names the certificates of the agent's sites. */
  @Test
  void anAgentJoinsWithTheSitesOfItsProfileByCertificates() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(folders.resolve("a/authority"));
    for (String name : List.of("host-7", "ward-7")) {
      IdentityFolder.at(folders.resolve("of-" + name)).write(authority.issueFor(name, List.of()));
    }
    Path profile = folders.resolve("host-7.yaml");
    Files.writeString(
        profile,
        """
        groupname: host-7
        resourcemgr: {mgrtype: PROCESS}
        nodes:
          - slnodedef:
              idx: 0
              identity:
                - attribute: {aType: CERT, mType: BIND, src: "%1$s/cert.pem"}
                - attribute: {aType: KEY, mType: BIND, src: "%1$s/key.pem"}
                - attribute: {aType: CACERT, mType: BIND, src: "%1$s/ca.pem"}
          - slnodedef:
              idx: 1
        """
            .formatted(at("of-ward-7")));
    Outcome joined =
        run(
                "site",
                "join",
                "--network-node",
                "127.0.0.1:"
                    + NetworkFolder.existing(folders.resolve("a")).requiredSettings().port(),
                "--role",
                "agent",
                "--profile",
                profile.toString(),
                "--cert",
                at("of-host-7/cert.pem"),
                "--key",
                at("of-host-7/key.pem"),
                "--cacert",
                at("of-host-7/ca.pem"),
                "--folder",
                at("host-7"))
            .succeeds();

    assertThat(joined.out())
        .contains("host-7 of org-a is a member", "host-7-0 of org-a is a member");
    assertThat(joined.err()).contains("idx 1 has no identity in the profile");
    assertThat(SiteFolder.existing(folders.resolve("host-7/sites/0")).network().me())
        .extracting(MemberInfo::name, MemberInfo::roles)
        .containsExactly("host-7-0", List.of("site"));
    assertThat(folders.resolve("host-7/sites/1")).doesNotExist();
  }

  @Test
  void anAdminSeesWhatItsNodeHasRefused() {
    String invitation = invite("a", "hospital-g", "observer");
    var unused = join("hospital-g", invitation);
    run("site", "join", invitation, "--folder", at("thief-2"))
        .failsSaying("was used by account 0x");

    assertThat(run("network", "audit", "--refused", "--folder", at("a")).succeeds().out())
        .containsPattern("invitation-used +POST /v1/enrolments +127.0.0.1 +no certificate");
    assertThat(run("network", "audit", "--refused", "--json", "--folder", at("a")).out())
        .contains("\"code\":\"invitation-used\"");
  }

  @Test
  void aMemberGetsALinkToTheConsole() throws Exception {
    var unused = join("hospital-k", invite("a", "hospital-k", "observer"));
    String printed = run("console", "--folder", at("hospital-k")).succeeds().out();
    assertThat(printed)
        .containsPattern("(?m)^https://127.0.0.1:\\d+/console/#/login/[A-Za-z0-9_-]{43}$")
        .contains("Logs in hospital-k, once, until ", at("hospital-k") + "/identity/ca.pem")
        .containsPattern("(?m)^  ([0-9A-F]{2}:){31}[0-9A-F]{2}$");
    String json = run("console", "--folder", at("a"), "--json").succeeds().out();
    assertThat(json).contains("\"member\" : \"org-a\"", "\"certificateFingerprint\" : ");
    run("console", "--folder", at("nobody")).failsSaying("no member is in");
  }

  @Test
  void anInvitationExpires() throws Exception {
    String invitation = invite("a", "late", "site", "--expires", "4s");
    Instant end = Instant.parse(InvitationFile.read(Path.of(invitation)).expires());
    await().atMost(SOON).until(() -> Instant.now().isAfter(end.plusSeconds(1)));
    run("site", "join", invitation, "--folder", at("late"))
        .failsSaying("the invitation expired at", "ask for another one");
  }

  @Test
  void aSiteThatNeedsAnApprovalWaitsForIt() throws Exception {
    String invitation = invite("a", "hospital-d", "site", "--approval");
    run("site", "join", invitation, "--folder", at("hospital-d"), "--wait", "1s")
        .failsSaying("hospital-d is pending", "have org-a run 'swarm network approve hospital-d'");
    RunningCommand waiting =
        RunningCommand.start("site", "join", invitation, "--folder", at("hospital-d"))
            .awaitText("waiting for org-a to approve it", SOON);
    assertThat(run("network", "approve", "hospital-d", "--folder", at("a")).succeeds().out())
        .contains("hospital-d is active.");
    assertThat(waiting.await(SOON)).as(waiting.text()).isZero();
  }

  @Test
  void adminsTakeRightsAndGiveThemBack() {
    var unused = join("hospital-e", invite("a", "hospital-e", "observer"));
    String[] list = {"contract", "list", "--swarm", at("hospital-e")};
    unused = run(list).succeeds().out();
    unused = run("network", "suspend", "hospital-e", "--folder", at("a")).succeeds().out();
    awaitRefusal("hospital-e is suspended; an admin has to resume it", list);
    unused = run("network", "resume", "hospital-e", "--folder", at("a")).succeeds().out();
    unused =
        run("network", "roles", "hospital-e", "observer,owner", "--folder", at("a"))
            .succeeds()
            .out();
    assertThat(run("network", "members", "--folder", at("a")).out())
        .containsPattern("hospital-e +hospital-e +active +observer,owner");
    assertThat(run("site", "leave", "--folder", at("hospital-e")).succeeds().out())
        .contains("hospital-e has left");
    awaitRefusal("is bound to no member", list);
    assertThat(run("network", "audit", "--folder", at("a")).succeeds().out())
        .contains(
            "org-a suspended hospital-e",
            "org-a resumed hospital-e",
            "left the swarm as hospital-e")
        .containsPattern(
            "org-a admitted hospital-e .*, on behalf of hospital-e  \\[key [0-9a-f]{12}…\\]");
  }

  /** Network nodes look at the chain twice a second. */
  private static void awaitRefusal(String reason, String... command) {
    await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> run(command).failsSaying(reason));
  }

  @Test
  void everyMemberSeesTheDraftsOnTheChain() {
    var unused = join("hospital-f", invite("a", "hospital-f", "site"));
    unused = run("contract", "create", "digits", "--swarm", at("a")).succeeds().out();
    assertThat(run("contract", "list", "--swarm", at("hospital-f")).succeeds().out())
        .containsPattern("digits +draft");
    run("contract", "create", "mine", "--swarm", at("hospital-f"))
        .failsSaying("is no active member with the role owner");
    assertThat(run("contract", "reset", "digits", "--swarm", at("a")).succeeds().out())
        .contains("digits.2");
    assertThat(run("contract", "show", "digits", "--swarm", at("hospital-f")).succeeds().out())
        .contains("digits.2 (draft)");
  }

  @Test
  void aNodesCertificateIsRenewedWithoutARestart() {
    String key = line(run("network", "certificate", "--folder", at("a")).succeeds().out(), "key:");
    String renewed = run("network", "certificate", "--renew", "--folder", at("a")).succeeds().out();
    assertThat(line(renewed, "key:")).isEqualTo(key);
    assertThat(run("network", "status", "--folder", at("a")).out())
        .contains("Network node of org-a");
  }

  /** As if an earlier version had set it up; then the first board, which another admin deployed. */
  @Test
  void aSwarmOfAnEarlierVersionGetsItsTaskBoard() throws Exception {
    NetworkFolder node = NetworkFolder.existing(folders.resolve("a"));
    String first = String.valueOf(node.requiredSettings().contracts().taskBoard());
    forgetTheTaskBoard();

    String said = run("network", "upgrade", "--folder", at("a")).succeeds().out();
    String second = String.valueOf(node.requiredSettings().contracts().taskBoard());
    assertThat(said).contains("The swarm's task board is " + second, "--task-board " + second);
    assertThat(second).isNotEqualTo(first);
    try (ChainClient chain = ChainClient.reading(node.chainOptions())) {
      assertThat(chain.tasks().task("ROOTTASK")).isPresent();
    }
    assertThat(run("network", "upgrade", "--folder", at("a")).succeeds().out())
        .contains("there is nothing to upgrade");
    run("network", "upgrade", "--task-board", first, "--folder", at("a"))
        .failsSaying("two would hide each other's tasks");

    forgetTheTaskBoard();
    String members = node.requiredSettings().contracts().swarmMembers();
    Outcome wrong = run("network", "upgrade", "--task-board", members, "--folder", at("a"));
    assertThat(wrong.err()).contains("there is no task board of this swarm");
    var unused =
        run("network", "upgrade", "--task-board", first, "--folder", at("a")).succeeds().out();
    assertThat(node.requiredSettings().contracts().taskBoard()).isEqualTo(first);
  }

  private static void forgetTheTaskBoard() throws IOException {
    Path file = folders.resolve("a/network.properties");
    Files.write(
        file,
        Files.readAllLines(file).stream().filter(it -> !it.startsWith("task-board")).toList());
  }

  private static String line(String text, String begin) {
    return text.lines().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
  }

  /** Two of three nodes go on; their chain needs a majority of its sealers. */
  @Test
  void aSiteJoinsThroughAnotherOrganisationWhenTheFirstOneIsGone() throws Exception {
    RunningCommand first = startNode("n1", "--sentinel", "--name", "org-1");
    long begin = System.nanoTime();
    RunningCommand second = startNode("n2", "--join", invite("n1", "org-2", "network,admin,owner"));
    print("second organisation's node joined", begin);
    RunningCommand third = startNode("n3", "--join", invite("n2", "org-3", "network,admin"));
    try {
      awaitSealers("n2", 3);
      assertThat(first.stop()).isZero();
      long gone = System.nanoTime();
      String invitation = invite("n2", "hospital-z", "site");
      assertThat(join("hospital-z", invitation)).contains("hospital-z of hospital-z is a member");
      print("first node gone; site invited and joined by the second", gone);
    } finally {
      assertThat(second.stop()).isZero();
      assertThat(third.stop()).isZero();
    }
  }

  private static void awaitSealers(String folder, int count) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(run("network", "status", "--folder", at(folder)).out())
                    .containsPattern("sealers: +" + count + ";"));
  }
}
