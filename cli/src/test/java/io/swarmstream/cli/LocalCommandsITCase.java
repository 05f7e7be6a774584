package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.examples.FirstTraining;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.testkit.ListeningSockets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code swarm up}, {@code site} and {@code contract} together, as somebody at a terminal has them.
 */
class LocalCommandsITCase {
  private static final String DEFAULT = "defaultbb.cqdb.sml.hpe";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path swarm;
  @TempDir Path site;
  @TempDir Path elsewhere;

  /** A command that stays, in a thread of its own; interrupted as Ctrl-C does it. */
  private static final class Staying implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Thread thread;

    Staying(String... args) {
      thread =
          new Thread(
              () ->
                  SwarmCommand.execute(
                      new PrintWriter(out, true), new PrintWriter(err, true), args));
      thread.start();
    }

    String awaitLine(String pattern) {
      Pattern wanted = Pattern.compile(pattern);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !thread.isAlive() || wanted.matcher(out.toString()).find());
      Matcher found = wanted.matcher(out.toString());
      assertThat(found.find()).as(out + " " + err).isTrue();
      return found.group(found.groupCount());
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join(30_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void aSiteTakesPartInADraftWhichCanBeBegunAnew() throws Exception {
    try (Staying up = new Staying("up", "--console", "0", "--folder", swarm.toString())) {
      up.awaitLine("The swarm is up");
      OwnersConsoleScene console =
          new OwnersConsoleScene(
              up.awaitLine("(http://127\\.0\\.0\\.1:\\d+/console/#/login/\\S+)"), swarm);
      assertThat(Ran.swarm("up", "--folder", swarm.toString()).err()).contains("running in");
      assertThat(list().findValuesAsText("state")).containsExactly("draft");

      try (Staying node = site()) {
        URI address = URI.create(node.awaitLine("(http://\\S+),"));
        assertThat(open(address, "one", 2)).contains("\"parameterCount\":2");
        // Of 'up', its chain, and 'site'.
        assertThat(ListeningSockets.of(ProcessHandle.current()))
            .hasSizeGreaterThan(4)
            .allSatisfy(socket -> assertThat(socket.isLoopback()).isTrue());
        assertThat(open(address, "two", 3)).contains("layout-mismatch");
        assertThat(contract("show", DEFAULT, "--json").path("sites").findValuesAsText("name"))
            .containsExactly("hospital-a");
        assertThat(contract("reset", DEFAULT, "--json").path("name").asText())
            .isEqualTo(DEFAULT + ".2");
        assertThat(open(address, "two", 3)).contains("\"contract\":\"" + DEFAULT + ".2\"");
      }
      createsContractsFromAFile();
      console.aLinkLogsInOnceAndIsTheOwners();
      console.nobodyElseGetsIn();
      runsTheFirstTrainingInJava(console);
      console.aRoundIsProvenAndItsModelDownloaded("line", 3);
      console.notesAndExportsAreKept("line");
      console.theOwnerDraftsAndResets("drafted");
      console.anotherLinkComesFromTheSwarmsFolder();
      doesNotTrainByOtherTermsThanAsked();
    }
    assertThat(swarm.resolve("swarm.properties")).doesNotExist();
    assertThat(swarm.resolve("owner.key")).doesNotExist();
    assertThat(swarm.resolve("console.properties")).doesNotExist();
  }

  private void createsContractsFromAFile() throws Exception {
    Path model = elsewhere.resolve("model.safetensors");
    Files.write(
        model,
        io.swarmstream.schemas.safetensors.SafetensorsHeader.ofFloats(
            io.swarmstream.schemas.layout.ModelLayout.flat(7)));
    JsonNode created =
        contract(
            "create",
            "digits",
            "--layout",
            model.toString(),
            "--merge",
            "geomedian",
            "--sites",
            "hospital-x=0x00000000000000000000000000000000000000aa,"
                + "hospital-y=0x00000000000000000000000000000000000000bb:500",
            "--adaptive-interval",
            "64",
            "--json");
    assertThat(created.path("adaptiveInterval").asInt()).isEqualTo(64);
    assertThat(run("show", "digits").out()).contains("adaptive, at first 64 mini-batches");
    assertThat(created.path("encoding").asText()).isEqualTo("float32");
    assertThat(created.path("layout").path(0).asText()).isEqualTo("weights:7");
    assertThat(created.path("method").asText()).isEqualTo("geomedian");
    assertThat(created.path("sites").findValuesAsText("name"))
        .containsExactly("hospital-x", "hospital-y");
    assertThat(created.path("sites").findValuesAsText("maxWeight")).containsExactly("1", "500");
    assertThat(created.path("shareLimit").asText()).isEqualTo("1/2");
    assertThat(run("show", "digits").out())
        .contains("share limit      1/2", "norm limit       none", "max weight 500");
    createsDraftsWithLimits();
    createsADraftWithPrivacy();
    showsTheTrainersTensorsUnderAnAdaptiveClip(model);
    Ran none = run("export", "digits", "--out", elsewhere.resolve("none.safetensors").toString());
    assertThat(none.err()).contains("contract digits has no anchored round yet");
    assertThat(elsewhere.resolve("none.safetensors.part")).doesNotExist();
    assertThat(run("export", "digits", "--out", model.toString()).err())
        .contains("model.safetensors", "there is such a file already");
    assertThat(run("create", "digits").err()).contains("there is a contract digits already");
    assertThat(run("reset", "digits").err()).contains("terms on the chain never change");
    assertThat(run("show", "nowhere").err()).contains("there is no contract nowhere", "digits");
    assertThat(run("create", "x", "--adaptive-interval", "-1").err())
        .contains("--adaptive-interval must be 0 to 1000000, got -1");
    assertThat(run("create", "x", "--min-peers", "1", "--merge", "trimmedmean:2").code())
        .isEqualTo(2);
  }

  /** As docs/java.md says, but for folders. */
  private void runsTheFirstTrainingInJava(OwnersConsoleScene console) throws Exception {
    Path key = Files.writeString(elsewhere.resolve("hospital-a.key"), "ab".repeat(32) + "\n");
    String[] arguments = {
      swarm.resolve("swarm.properties").toString(), "line", key.toString(),
    };
    assertThatThrownBy(() -> FirstTraining.main(arguments))
        .hasMessageContaining("there is no contract line");
    JsonNode created =
        contract(
            "create",
            "line",
            "--layout",
            Path.of("..", "examples", "line.safetensors").toString(),
            "--min-peers",
            "1",
            "--sites",
            "hospital-a=" + SiteKey.ofHex("ab".repeat(32)).address(),
            "--json");
    assertThat(created.path("layout").path(0).asText()).isEqualTo("line:2");
    CompletableFuture<Void> training =
        CompletableFuture.runAsync(
            () -> {
              try {
                FirstTraining.main(arguments);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    console.roundsAreSeen("line");
    console.theSwarmIsSeen();
    training.get(5, TimeUnit.MINUTES);
    assertThat(run("show", "line", "--json").out()).contains("hospital-a");
  }

  private void createsDraftsWithLimits() throws Exception {
    JsonNode draft =
        contract("create", "bounded", "--max-weight", "9", "--max-norm", "median*2.50", "--json");
    assertThat(draft.path("maxWeight").asInt()).isEqualTo(9);
    assertThat(run("show", "bounded").out()).contains("max weight       9", "median*2.50");
    assertThat(run("create", "x", "--max-share", "1/3").err())
        .contains("--max-share: a share limit of '1/3'", "above 1/3 and below 1");
    assertThat(run("create", "x", "--max-norm", "0").err()).contains("--max-norm: a norm limit of");
    assertThat(run("create", "x", "--max-weight", "0").err())
        .contains("--max-weight must be at least 1, got 0");
  }

  private void createsADraftWithPrivacy() throws Exception {
    String privacy = "dp(clip=1,noise=2,delta=1e-6)";
    JsonNode draft =
        contract("create", "lungs", "--min-peers", "8", "--privacy", privacy, "--json");
    assertThat(draft.path("privacy").asText()).isEqualTo("dp(clip=1,noise=2,delta=0.000001)");
    assertThat(run("show", "lungs").out())
        .contains("privacy          dp(clip=1,noise=2,delta=0.000001)");
    assertThat(run("create", "x", "--privacy", privacy, "--merge", "geomedian").err())
        .contains("merge method geomedian makes none; use mean");
    assertThat(run("create", "x", "--privacy", privacy, "--max-weight", "9").err())
        .contains("--max-weight is 9; give 1");
    assertThat(run("create", "x", "--privacy", "masked", "--min-peers", "2").err())
        .contains("minPeers is 2");
  }

  private void showsTheTrainersTensorsUnderAnAdaptiveClip(Path model) throws Exception {
    String privacy = "dp(clip=1,noise=2,quantile=0.5)";
    JsonNode created =
        contract(
            "create", "adapting", "--layout", model.toString(), "--privacy", privacy, "--json");
    assertThat(created.path("privacy").asText())
        .isEqualTo("dp(clip=1,noise=2,delta=0.00001,quantile=0.5)");
    assertThat(created.path("parameterCount").asInt()).isEqualTo(7);
    assertThat(created.path("layout")).hasSize(1);
    assertThat(
            run("create", "x", "--privacy", privacy, "--optimizer", "nesterov:lr=0.7,momentum=0.9")
                .err())
        .contains("would change the step of the clip");
    Path reserved = elsewhere.resolve("reserved.safetensors");
    Files.write(
        reserved,
        io.swarmstream.schemas.safetensors.SafetensorsHeader.ofFloats(
            io.swarmstream.schemas.layout.ModelLayout.parse("swarmstream.log_clip:1")));
    assertThat(run("create", "x", "--layout", reserved.toString()).err())
        .contains("reserved.safetensors", "swarmstream.log_clip", "rename the tensor");
  }

  /** {@code digits} is there with geomedian, 2 peers, 30 s, and of another model. */
  private void doesNotTrainByOtherTermsThanAsked() {
    Ran method = train();
    assertThat(method.code()).isEqualTo(2);
    assertThat(method.err())
        .contains("--merge is mean, but contract digits is there already with geomedian")
        .contains("give --merge geomedian, or another --contract");
    assertThat(train("--merge", "geomedian", "--encoding", "int8").err())
        .contains("--encoding is int8, but", "with float32");
    assertThat(train("--merge", "geomedian", "--grace-seconds", "30").err())
        .contains("contract digits is there already and is not one of 'swarm train'")
        .contains("it is of 7 parameters");
  }

  private Ran train(String... options) {
    return Ran.swarm(
        Stream.concat(
                Stream.of("train", "--contract", "digits", "--folder", swarm.toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private Staying site() {
    return new Staying(
        "site",
        "--name",
        "hospital-a",
        "--port",
        "0",
        "--swarm",
        swarm.toString(),
        "--folder",
        site.toString());
  }

  private String open(URI node, String session, int parameters) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(node.resolve("/v1/sessions/" + session))
                    .header("Content-Type", "application/json")
                    .header(
                        "Authorization",
                        "Bearer " + Files.readString(site.resolve("token")).strip())
                    .PUT(
                        BodyPublishers.ofString(
                            "{\"contract\":\""
                                + DEFAULT
                                + "\",\"takeOver\":true,\"layout\":[{\"name\":\"w\",\"shape\":["
                                + parameters
                                + "]}]}"))
                    .timeout(Duration.ofSeconds(60))
                    .build(),
                BodyHandlers.ofString());
    return answer.body();
  }

  private JsonNode list() throws Exception {
    return contract("list", "--json");
  }

  private JsonNode contract(String... args) throws Exception {
    Ran ran = run(args);
    assertThat(ran.code()).as(ran.err()).isZero();
    return JSON.readTree(ran.out());
  }

  private Ran run(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "contract";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--swarm";
    all[args.length + 2] = swarm.toString();
    return Ran.swarm(all);
  }
}
