package io.swarmstream.network.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleLoginsTest {
  private static final String KEY = "ab".repeat(32);
  private static final Member ALICE = member(1, MemberStatus.ACTIVE, KEY);

  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private List<Member> members = List.of(ALICE);
  private ConsoleLogins logins;

  @BeforeEach
  void start() {
    logins =
        new ConsoleLogins(
            () -> new SwarmSnapshot(members, List.of(), List.of(), Map.of()), () -> now);
  }

  private static Member member(int number, MemberStatus status, String key) {
    return new Member(
        String.format("0x%040x", number),
        "member-" + number,
        "org",
        Set.of(Role.OBSERVER),
        status,
        0,
        key,
        "",
        "");
  }

  private ConsoleLogins.Begun logIn(Member member) {
    return logins.begin(logins.link(member).token());
  }

  private static void assertRefused(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ApiProblem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  private void begin(String token) {
    var unused = logins.begin(token);
  }

  /** Nobody who has no key is logged in at a network node; a local swarm's owner has none. */
  @Test
  void anOwnerWithoutACertificateLogsInToALocalSwarmOnly() {
    Member owner = member(7, MemberStatus.ACTIVE, "");
    members = List.of(owner);
    assertRefused("not-active", () -> logIn(owner));
    logins =
        ConsoleLogins.withoutCertificates(
            () -> new SwarmSnapshot(members, List.of(), List.of(), Map.of()), () -> now);
    ConsoleLogins.Link link = logins.link(owner);
    now = now.plus(Duration.ofHours(11));
    ConsoleLogins.Begun begun = logins.begin(link.token());
    assertThat(logins.find(begun.cookie())).containsSame(begun.session());
    assertRefused("login-refused", () -> begin(link.token()));
    String late = logins.link(owner).token();
    now = now.plus(Duration.ofHours(13));
    assertRefused("login-refused", () -> begin(late));
    assertThat(logins.find(begun.cookie())).isEmpty();
  }

  @Test
  void aLinkLogsInOnce() {
    String token = logins.link(ALICE).token();
    ConsoleLogins.Begun begun = logins.begin(token);
    assertThat(begun.member()).isEqualTo(ALICE);
    assertThat(logins.find(begun.cookie())).containsSame(begun.session());
    assertRefused("login-refused", () -> begin(token));
  }

  @Test
  void aLinkExpiresAfterFiveMinutes() {
    String inTime = logins.link(ALICE).token();
    String late = logins.link(ALICE).token();
    now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
    assertThat(logins.begin(inTime).member()).isEqualTo(ALICE);
    now = now.plusMillis(1);
    assertRefused("login-refused", () -> begin(late));
  }

  @Test
  void nobodyLogsInWithATokenThatWasNotMade() {
    String token = logins.link(ALICE).token();
    for (String forged :
        List.of("", "x".repeat(43), token.substring(1), token + "A", Secrets.hashOf(token))) {
      assertRefused("login-refused", () -> begin(forged));
    }
    assertThat(logins.find(token)).as("a link's token is no session").isEmpty();
    ConsoleLogins.Begun begun = logins.begin(token);
    assertThat(logins.find(Secrets.hashOf(begun.cookie()))).isEmpty();
    assertThat(token).hasSize(43).isNotEqualTo(begun.cookie());
  }

  @Test
  void aSessionEndsAfterHalfAnHourWithoutACall() {
    ConsoleLogins.Begun begun = logIn(ALICE);
    for (int call = 0; call < 3; call++) {
      now = now.plus(Duration.ofMinutes(29));
      assertThat(logins.find(begun.cookie())).isPresent();
    }
    now = now.plus(Duration.ofMinutes(30));
    assertThat(logins.find(begun.cookie())).isEmpty();
    assertThat(logins.size()).isZero();
  }

  @Test
  void aSessionEndsAfterTwelveHoursInAnyCase() {
    ConsoleLogins.Begun begun = logIn(ALICE);
    Instant began = now;
    while (now.isBefore(began.plus(Duration.ofHours(12)).minus(Duration.ofMinutes(20)))) {
      now = now.plus(Duration.ofMinutes(20));
      assertThat(logins.find(begun.cookie())).as(now.toString()).isPresent();
    }
    now = began.plus(Duration.ofHours(12));
    assertThat(logins.find(begun.cookie())).isEmpty();
  }

  @Test
  void aSessionEndsWithItsMembersRights() {
    for (Member changed :
        List.of(
            member(1, MemberStatus.SUSPENDED, KEY),
            member(1, MemberStatus.REMOVED, KEY),
            member(1, MemberStatus.ACTIVE, "cd".repeat(32)),
            member(1, MemberStatus.ACTIVE, ""))) {
      members = List.of(ALICE);
      ConsoleLogins.Begun begun = logIn(ALICE);
      String open = logins.link(ALICE).token();
      members = List.of(changed);
      assertThat(logins.member(begun.session())).as(changed.toString()).isEmpty();
      assertThat(logins.find(begun.cookie())).isEmpty();
      assertRefused("not-active", () -> begin(open));
      members = List.of(ALICE);
      assertThat(logins.find(begun.cookie())).as("what has ended does not come back").isEmpty();
    }
  }

  @Test
  void whoLogsOutIsOut() {
    ConsoleLogins.Begun begun = logIn(ALICE);
    ConsoleLogins.Begun other = logIn(ALICE);
    logins.end(begun.session());
    assertThat(logins.find(begun.cookie())).isEmpty();
    assertThat(logins.find(other.cookie())).isPresent();
  }

  @Test
  void theOldestSessionOfAMemberEndsAfterTwenty() {
    List<ConsoleLogins.Begun> all =
        IntStream.range(0, 21).mapToObj(number -> logIn(ALICE)).toList();
    assertThat(logins.find(all.get(0).cookie())).isEmpty();
    assertThat(all.subList(1, 21))
        .allSatisfy(begun -> assertThat(logins.find(begun.cookie())).isPresent());
  }

  @Test
  void thereAreAThousandSessionsAtMost() {
    List<Member> many =
        IntStream.range(1, 1_100)
            .mapToObj(number -> member(number, MemberStatus.ACTIVE, KEY))
            .toList();
    members = many;
    List<ConsoleLogins.Begun> all = new ArrayList<>();
    many.forEach(each -> all.add(logIn(each)));
    assertThat(logins.size()).isEqualTo(1_000);
    assertThat(logins.find(all.get(0).cookie())).isEmpty();
    assertThat(logins.find(all.get(all.size() - 1).cookie())).isPresent();
  }

  @Test
  void noMemberKeepsOthersFromLinks() {
    String first = logins.link(ALICE).token();
    for (int more = 0; more < 200; more++) {
      var unused = logins.link(ALICE);
    }
    assertRefused("login-refused", () -> begin(first));
    for (int other = 2; other < 92; other++) {
      var unused = logins.link(member(other, MemberStatus.ACTIVE, KEY));
    }
    assertRefused("too-many-links", () -> logins.link(member(99, MemberStatus.ACTIVE, KEY)));
    now = now.plus(Duration.ofMinutes(5));
    assertThat(logins.link(member(99, MemberStatus.ACTIVE, KEY)).token()).isNotEmpty();
  }

  @Test
  void nothingThatIsPrintedIsASecret() {
    ConsoleLogins.Begun begun = logIn(ALICE);
    assertThat(begun.session().toString()).doesNotContain(begun.cookie());
  }
}
