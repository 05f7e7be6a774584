package io.swarmstream.shell.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.shell.TestShell;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellServiceTest {
  private static final List<String> HERE = List.of("localhost", "127.0.0.1");
  private static final String RUNNER = TaskBoard.DEFAULT_TASKRUNNER;
  private static final String BUILD =
      """
      Name: build-env
      TaskType: MAKE_USER_CONTAINER
      Author: alice
      Prereq: ROOTTASK
      Outcome: user-env
      Body:
        BuildContext: sl-cli-lib
        BuildType: INLINE
        BuildSteps:
        - FROM python:3.11
      """;

  @TempDir private Path home;
  private TestShell shell;
  private CertificateAuthority authority;
  private ShellService service;
  private SSLContext own;

  @BeforeEach
  void start() throws IOException {
    shell = new TestShell(home);
    authority = CertificateAuthority.create(home.resolve("ca"), "org-a");
    own = identity("own", authority.issueFor("org-a", HERE));
    service =
        ShellService.start(
            new Place("127.0.0.1", 0),
            ReloadingTls.of(home.resolve("own")),
            shell.parts,
            () -> shell.swarm.members,
            Set.of("alice", "bob"),
            home.resolve("usr"));
    String account = "0x" + "1".repeat(40);
    shell.swarm.member("host-1", account, "", "agent");
    shell.swarm.board.as(account, Role.AGENT).register(RUNNER, 2);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private SSLContext identity(String name, Identity identity) throws IOException {
    IdentityFolder.at(home.resolve(name)).write(identity);
    return ReloadingTls.of(home.resolve(name)).context();
  }

  /** A member with a certificate. */
  private SSLContext member(String name, String status) throws IOException {
    Identity identity = authority.issueFor(name, HERE);
    shell.swarm.members.add(
        new MemberInfo(
            name, name, "0x" + "7".repeat(40), List.of("owner"), status, identity.keyHash(), null));
    return identity(name, identity);
  }

  private HttpResponse<String> send(SSLContext tls, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(service.uri() + path));
  }

  private HttpResponse<String> exec(SSLContext tls, String command) throws Exception {
    return send(
        tls,
        to("/exec?cmd=" + URLEncoder.encode(command, StandardCharsets.UTF_8))
            .POST(BodyPublishers.noBody()));
  }

  private List<String> content(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> lines = new ArrayList<>();
    ApiJson.mapper().readTree(answer.body()).path("CONTENT").forEach(e -> lines.add(e.asText()));
    return lines;
  }

  private JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiJson.mapper().readTree(answer.body());
  }

  private HttpResponse<String> upload(String name, String text) throws Exception {
    String body =
        "--mark\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n"
            + "--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: application/x-yaml\r\n\r\n"
            + text
            + "\r\n--mark--\r\n";
    return send(
        own,
        to("/uploadTaskDef")
            .header("Content-Type", "multipart/form-data; boundary=mark")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void answersHpesClients() throws Exception {
    assertThat(content(upload("build.yaml", BUILD))).containsExactly("Uploaded : build.yaml");
    assertThat(content(exec(own, "create task from build.yaml")))
        .contains("Task Registered : build-env");
    assertThat(content(exec(own, "FINALIZE TASK build-env"))).hasSize(1);
    assertThat(content(exec(own, "ASSIGN TASK build-env TO " + RUNNER + " WITH 1 PEERS")))
        .hasSize(1);
    assertThat(content(exec(own, "GET TASKRUNNER STATUS " + RUNNER)))
        .contains("TASK_STATE : RUNNING");
    assertThat(content(exec(own, "GET TASK INFO none")))
        .containsExactly("ERROR there is no task none; there are ROOTTASK, build-env");
    assertThat(content(exec(own, "LIST TAKS")))
        .singleElement()
        .asString()
        .startsWith("ERROR column 6");
  }

  @Test
  void keepsASessionForEachCertificate() throws Exception {
    SSLContext alice = member("alice", "active");
    var unused = Files.createDirectories(home.resolve("usr/sub"));
    assertThat(content(exec(own, "cd sub"))).containsExactly("/platform/swarm/usr/sub");
    assertThat(content(exec(own, "pwd"))).containsExactly("/platform/swarm/usr/sub");
    assertThat(content(exec(alice, "pwd"))).containsExactly("/platform/swarm/usr");
    assertThat(content(exec(own, "EXIT"))).isEmpty();
    assertThat(content(exec(own, "pwd"))).containsExactly("/platform/swarm/usr");
  }

  @Test
  void endsWaitsAfterHalfAMinute() throws Exception {
    var unused = content(exec(own, "CREATE TASK PULL_IMAGE p alice ROOTTASK i"));
    unused = content(exec(own, "FINALIZE TASK p"));
    unused = content(exec(own, "ASSIGN TASK p TO " + RUNNER + " WITH 1 PEERS"));
    assertThat(content(exec(own, "WAIT FOR TASKRUNNER " + RUNNER)))
        .contains("WARNING - Maximum configured SWCI wait time is over");
    assertThat(content(exec(own, "SLEEP 80000"))).isEmpty();
  }

  @Test
  void refusesWhomItDoesNotAllow() throws Exception {
    SSLContext anonymous = NewcomerTls.trusting(List.of(authority.certificate()));
    assertThat(exec(anonymous, "LIST TASKS").statusCode()).isEqualTo(401);
    HttpResponse<String> carol = exec(member("carol", "active"), "LIST TASKS");
    assertThat(carol.statusCode()).isEqualTo(403);
    assertThat(carol.body()).contains("carol is not allowed here", "--allow carol");
    HttpResponse<String> bob = exec(member("bob", "suspended"), "LIST TASKS");
    assertThat(bob.statusCode()).isEqualTo(403);
    assertThat(bob.body()).contains("bob is suspended");
    // The name of an allowed member in a certificate proves nothing.
    SSLContext mallory = identity("mallory", authority.issueFor("alice", HERE));
    HttpResponse<String> refused = exec(mallory, "LIST TASKS");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("bound to no member");
    // Another authority ends in the handshake.
    CertificateAuthority others = CertificateAuthority.create(home.resolve("ca-x"), "org-a");
    SSLContext foreign =
        identity(
            "foreign",
            others
                .issueFor("org-a", HERE)
                .withAuthorities(List.of(authority.certificate(), others.certificate())));
    assertThatThrownBy(
            () -> {
              HttpResponse<String> answer = exec(foreign, "LIST TASKS");
              assertThat(answer.statusCode()).isEqualTo(401);
              throw new IOException("Java's client shows no certificate that nobody asked for");
            })
        .isInstanceOf(IOException.class);
    for (String path : List.of("/v1/tasks", "/v1/openapi.json", "/v1/nodes")) {
      assertThat(send(anonymous, to(path)).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void refusesOtherWebPages() throws Exception {
    HttpResponse<String> page =
        send(
            own,
            to("/exec?cmd=PWD")
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.noBody()));
    assertThat(page.statusCode()).isEqualTo(403);
    // A link is no command.
    assertThat(send(own, to("/exec?cmd=PWD")).statusCode()).isIn(404, 405);
  }

  @Test
  void refusesNamesThatArePaths() throws Exception {
    for (String name :
        List.of("../evil.yaml", "/etc/evil", "a/b.yaml", ".hidden", "..", "", "a\\b", "x\u0001y")) {
      HttpResponse<String> answer = upload(name, BUILD);
      assertThat(answer.statusCode()).as(name).isEqualTo(400);
      assertThat(answer.body()).contains("file");
    }
    var usr = home.resolve("usr/upload");
    assertThat(Files.exists(usr)).isFalse();
    // A link in the folder is replaced, not followed.
    var victim = Files.writeString(home.resolve("victim"), "mine");
    Files.createDirectories(usr);
    Files.createSymbolicLink(usr.resolve("build.yaml"), victim);
    assertThat(content(upload("build.yaml", BUILD))).hasSize(1);
    assertThat(victim).hasContent("mine");
    assertThat(usr.resolve("build.yaml")).hasContent(BUILD);
  }

  @Test
  void refusesUploadsThatAreNone() throws Exception {
    HttpResponse<String> plain = send(own, to("/uploadTaskDef").POST(BodyPublishers.ofString("x")));
    assertThat(plain.statusCode()).isEqualTo(415);
    for (String body :
        List.of("", "--mark", "--mark\r\n\r\n", "--mark--", "--mark\r\nA: b\r\n--mark--")) {
      HttpResponse<String> broken =
          send(
              own,
              to("/uploadTaskDef")
                  .header("Content-Type", "multipart/form-data; boundary=mark")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(broken.statusCode()).as(body).isEqualTo(400);
    }
    assertThat(upload("large.yaml", "#".repeat((10 << 20) + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  void refusesCommandsThatAreTooLongOrSeveral() throws Exception {
    assertThat(exec(own, "PWD\nPWD").statusCode()).isEqualTo(400);
    assertThat(exec(own, "").statusCode()).isEqualTo(400);
    assertThat(exec(own, "GET TASK INFO " + "x".repeat(7_000)).statusCode()).isEqualTo(200);
    assertThat(exec(own, "PWD " + "x".repeat(60_000)).statusCode()).isIn(413, 414, 431);
  }

  @Test
  void doesNotLeaveTheUsersFolder() throws Exception {
    Files.writeString(home.resolve("secret.yaml"), BUILD);
    Files.createSymbolicLink(home.resolve("usr/link"), home);
    for (String command :
        List.of(
            "CD ..",
            "LS /etc",
            "CREATE TASK FROM ../secret.yaml",
            "CREATE TASK FROM link/secret.yaml")) {
      assertThat(content(exec(own, command)))
          .singleElement()
          .asString()
          .startsWith("ERROR ")
          .contains("outside of /platform/swarm/usr");
    }
    assertThat(shell.swarm.board.tasks()).hasSize(1);
  }

  @Test
  void servesResources() throws Exception {
    assertThat(json(send(own, to("/v1/nodes"))).at("/0/type").asText()).isEqualTo("SN");
    assertThat(
            json(send(
                    own,
                    to("/v1/contracts").POST(BodyPublishers.ofString("{\"name\":\"digits\"}"))))
                .path("status")
                .asText())
        .isEqualTo("draft");
    assertThat(json(send(own, to("/v1/contracts"))).size()).isEqualTo(1);
    assertThat(json(send(own, to("/v1/contracts/digits/performance"))).path("sites").size())
        .isZero();
    assertThat(
            json(send(own, to("/v1/contracts/digits/reset").POST(BodyPublishers.noBody())))
                .path("generation")
                .asInt())
        .isEqualTo(1);
    JsonNode created = json(send(own, to("/v1/tasks").POST(BodyPublishers.ofString(BUILD))));
    assertThat(created.path("finalised").asBoolean()).isFalse();
    assertThat(json(send(own, to("/v1/tasks/build-env/body"))).path("lines").size()).isPositive();
    assertThat(
            json(send(own, to("/v1/tasks/build-env/finalise").POST(BodyPublishers.noBody())))
                .path("bodyHash")
                .asText())
        .hasSize(64);
    assertThat(json(send(own, to("/v1/tasks"))).size()).isEqualTo(2);
    assertThat(
            json(send(
                    own,
                    to("/v1/taskrunners").POST(BodyPublishers.ofString("{\"name\":\"night\"}"))))
                .path("state")
                .asText())
        .isEqualTo("IDLE");
    String assignments = "/v1/taskrunners/" + RUNNER + "/assignments";
    JsonNode assigned =
        json(
            send(
                own,
                to(assignments)
                    .POST(BodyPublishers.ofString("{\"task\":\"build-env\",\"peers\":1}"))));
    assertThat(assigned.path("state").asText()).isEqualTo("RUNNING");
    assertThat(assigned.path("peerType").asText()).isEqualTo("SWOP");
    assertThat(json(send(own, to("/v1/taskrunners/" + RUNNER + "/agents"))).at("/0/uid").asText())
        .isEqualTo("host-1");
    assertThat(json(send(own, to(assignments).DELETE())).path("state").asText()).isEqualTo("IDLE");
    assertThat(json(send(own, to("/v1/openapi.json"))).path("openapi").asText()).isEqualTo("3.1.0");
  }

  @Test
  void takesTasksAsJsonAndDeletesThem() throws Exception {
    String json =
        "{\"Name\":\"pull\",\"TaskType\":\"PULL_IMAGE\",\"Author\":\"alice\",\"Prereq\":\"ROOTTASK\","
            + "\"Outcome\":\"image\",\"Body\":{\"OrgAndReg\":\"example.org/team\","
            + "\"RepoName\":\"env\",\"Tag\":\"1\",\"Auth\":null}}";
    assertThat(
            json(send(own, to("/v1/tasks").POST(BodyPublishers.ofString(json))))
                .path("type")
                .asText())
        .isEqualTo("PULL_IMAGE");
    assertThat(send(own, to("/v1/tasks/pull").DELETE()).statusCode()).isEqualTo(200);
    assertThat(send(own, to("/v1/tasks/pull")).statusCode()).isEqualTo(404);
  }

  @Test
  void refusalsHaveAStatusAndASentence() throws Exception {
    HttpResponse<String> bad =
        send(own, to("/v1/tasks").POST(BodyPublishers.ofString("Name: x\nTaskType: SING\n")));
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("body:2:");
    assertThat(send(own, to("/v1/tasks/none")).statusCode()).isEqualTo(404);
    assertThat(send(own, to("/v1/taskrunners/none/agents")).statusCode()).isEqualTo(404);
    String assignments = "/v1/taskrunners/" + RUNNER + "/assignments";
    for (String order :
        List.of("{\"task\":\"t\"}", "{\"task\":\"t\",\"peers\":1,\"all\":true}", "{}", "[]", "{")) {
      assertThat(send(own, to(assignments).POST(BodyPublishers.ofString(order))).statusCode())
          .as(order)
          .isEqualTo(400);
    }
    assertThat(
            send(own, to(assignments).POST(BodyPublishers.ofString("{\"task\":\"t\",\"peers\":1}")))
                .statusCode())
        .isEqualTo(404);
    // A name is a value, whatever is in it.
    HttpResponse<String> tricky =
        send(
            own,
            to("/v1/taskrunners").POST(BodyPublishers.ofString("{\"name\":\"a\\\" # \\\\ b\"}")));
    assertThat(json(tricky).path("name").asText()).isEqualTo("a\" # \\ b");
    for (String path : List.of("/v1/contracts", "/v1/taskrunners")) {
      assertThat(send(own, to(path).POST(BodyPublishers.ofString("{}"))).statusCode())
          .isEqualTo(400);
    }
    assertThat(send(own, to("/v1/contracts/..%2Fme")).statusCode()).isIn(400, 404);
  }
}
