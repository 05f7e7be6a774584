package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.local.console.ConsoleFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the owner of a swarm on this machine does in its console, and what nobody else does. */
final class OwnersConsoleScene {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NOTE = "{\"text\":\"a line\",\"tags\":[\"first\"]}";

  private final OwnersBrowser browser;
  private final Path swarm;

  OwnersConsoleScene(String link, Path swarm) {
    this.browser = new OwnersBrowser(link);
    this.swarm = swarm;
  }

  void aLinkLogsInOnceAndIsTheOwners() throws Exception {
    browser.assertRefused(401, "no-certificate", browser.request("GET", "/v1/me", ""));
    browser.assertRefused(
        403, "cross-site", browser.login().setHeader("Sec-Fetch-Site", "cross-site"));
    assertThat(browser.logIn())
        .matches("swarm-console-\\d+=[^;]{43}; Path=/; HttpOnly; SameSite=Strict");
    browser.assertRefused(403, "login-refused", browser.login());
    JsonNode me = browser.get("/v1/me");
    assertThat(me.path("member").asText()).isEqualTo("owner");
    assertThat(me.path("acts").asBoolean()).isTrue();
    assertThat(me.at("/node/kind").asText()).isEqualTo("local");
    assertThat(me.path("lacks").findValuesAsText("what")).containsExactly("members", "tasks");
    assertThat(me.path("lacks").findValuesAsText("sentence"))
        .allSatisfy(sentence -> assertThat(sentence).contains("swarm network start"));
    browser.assertRefused(404, "no-network", browser.request("GET", "/v1/members", ""));
    browser.assertRefused(404, "no-network", browser.request("POST", "/v1/invitations", "{}"));
  }

  void nobodyElseGetsIn() throws Exception {
    assertThat(browser.callAs("rebound.example", "/v1/me")).contains(" 403 ", "unknown-host");
    assertThat(browser.callAs("rebound.example", "/console/")).contains(" 403 ", "unknown-host");
    assertThat(browser.callAs("localhost", "/v1/me")).contains(" 200 ", "owner");
    String draft = "{\"name\":\"forged\"}";
    browser.assertRefused(403, "not-marked", browser.unmarked("POST", "/v1/drafts", draft));
    for (String[] foreign :
        new String[][] {
          {"Origin", "http://evil.example"},
          {"Origin", "null"},
          {"Origin", "http://127.0.0.1:1"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      browser.assertRefused(
          403,
          "cross-site",
          browser
              .unmarked("POST", "/v1/drafts", draft)
              .setHeader("Content-Type", "application/x-www-form-urlencoded")
              .setHeader(foreign[0], foreign[1]));
    }
    browser.assertRefused(401, "no-key", browser.request("POST", "/v1/console/links", ""));
    browser.assertRefused(
        401,
        "no-key",
        browser
            .request("POST", "/v1/console/links", "")
            .setHeader("Authorization", "Bearer " + "A".repeat(43)));
    assertThat(browser.get("/v1/contracts").findValuesAsText("name")).doesNotContain("forged");
  }

  void anotherLinkComesFromTheSwarmsFolder() throws Exception {
    Ran ran = Ran.swarm("console", "--folder", swarm.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    String key = ConsoleFile.in(swarm).orElseThrow().key();
    assertThat(ran.out()).contains("the swarm's owner").doesNotContain(key);
    var unused =
        new OwnersBrowser(URI.create(ran.out().lines().findFirst().orElseThrow()).toString())
            .logIn();
  }

  /** While a training runs, or after it. */
  void roundsAreSeen(String contract) {
    await()
        .atMost(PATIENCE)
        .until(() -> browser.get("/v1/contracts/" + contract + "/rounds?newest=50").size() > 0);
  }

  void theSwarmIsSeen() throws Exception {
    JsonNode parts = browser.get("/v1/topology").path("parts");
    assertThat(parts.findValuesAsText("kind")).contains("kafka", "chain", "job", "site");
    assertThat(part(parts, "job").path("details").toString()).contains("RUNNING");
    for (String kind : List.of("kafka", "chain", "job")) {
      assertThat(part(parts, kind).path("state").asText()).as(parts.toString()).isEqualTo("ok");
    }
    assertThat(part(parts, "site").path("name").asText()).isNotEmpty();
    await()
        .atMost(PATIENCE)
        .until(() -> browser.get("/v1/health").path("state").asText().equals("ok"));
  }

  private static JsonNode part(JsonNode parts, String kind) {
    for (JsonNode part : parts) {
      if (part.path("kind").asText().equals(kind)) {
        return part;
      }
    }
    throw new AssertionError("there is no " + kind + " in " + parts);
  }

  void aRoundIsProvenAndItsModelDownloaded(String contract, long round) throws Exception {
    String path = "/v1/contracts/" + contract + "/rounds/" + round + "/verification";
    var begun = browser.json(browser.request("POST", path, "{}"));
    assertThat(begun.path("state").asText()).isEqualTo("running");
    await()
        .atMost(PATIENCE)
        .until(() -> !browser.get(path).path("state").asText().equals("running"));
    assertThat(browser.get(path).at("/rounds/0/verdict").asText())
        .as(browser.get(path).toString())
        .isEqualTo("proven");
    assertThat(browser.get(path.replace("/verification", "")).path("anchor").isObject()).isTrue();
    String model =
        browser.send(browser.request("GET", "/v1/contracts/" + contract + "/model", "")).body();
    assertThat(model).contains("F32");
  }

  void notesAndExportsAreKept(String contract) throws Exception {
    var noted =
        browser.json(browser.request("PUT", "/v1/experiments/" + contract + "/notes", NOTE));
    assertThat(noted.path("notes").asText()).isEqualTo("a line");
    assertThat(noted.path("notedBy").asText("owner")).isEqualTo("owner");
    String export =
        browser.send(browser.request("GET", "/v1/experiments/" + contract + "/export", "")).body();
    assertThat(export).contains("round");
    assertThat(browser.get("/v1/audit").toString()).contains(contract);
  }

  /** The draft is one for commands and site nodes, too. */
  void theOwnerDraftsAndResets(String drafted) throws Exception {
    browser.json(browser.request("POST", "/v1/drafts", "{\"name\":\"" + drafted + "\"}"));
    assertThat(Ran.swarm("contract", "show", drafted, "--swarm", swarm.toString()).out())
        .contains("draft");
    browser.assertRefused(
        409,
        "contract-exists",
        browser.request("POST", "/v1/drafts", "{\"name\":\"" + drafted + "\"}"));
    browser.json(browser.request("POST", "/v1/contracts/" + drafted + "/reset", "{}"));
    assertThat(Ran.swarm("contract", "show", drafted, "--json", "--swarm", swarm.toString()).out())
        .contains(drafted + ".2");
  }
}
