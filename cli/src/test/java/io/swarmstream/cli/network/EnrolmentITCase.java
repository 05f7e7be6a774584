package io.swarmstream.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.cli.SwarmCommand;
import io.swarmstream.network.chain.GethBinary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    sentinel = startNode("a", "--sentinel", "--name", "org-a", "--kafka", "127.0.0.1:1");
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
                port(),
                "--p2p-port",
                port()));
    args.addAll(List.of(more));
    return RunningCommand.start(args.toArray(String[]::new)).awaitText(READY, START);
  }

  private static String port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
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

  @Test
  void anInvitationExpires() throws Exception {
    String invitation = invite("a", "late", "site", "--expires", "8s");
    Thread.sleep(10_000);
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
            "left the swarm as hospital-e");
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
