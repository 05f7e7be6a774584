package io.swarmstream.site.node.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Pipes of a node whose swarm is away: what they answer all the same. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class PipesTest {
  private static final ProtoFile PROTO = new ProtoFile();
  private static final int FUZZED = 60;

  /** Port 1 is nobody's. */
  private static final ChainOptions NO_CHAIN =
      ChainOptions.of(
              "http://127.0.0.1:1",
              "0x0000000000000000000000000000000000000001",
              "0x0000000000000000000000000000000000000002")
          .withTimeouts(new ChainOptions.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)));

  @TempDir Path folder;
  private Path shared;
  private SiteNode node;
  private Pipes pipes;

  @BeforeEach
  void start() throws Exception {
    shared = folder.resolve("shared");
    node =
        SiteNode.of(
            NodeOptions.of("a", KafkaEndpoint.of("127.0.0.1:1"), NO_CHAIN, folder.resolve("node")),
            SiteKey.ofSeed(1));
    pipes = Pipes.start(node, PipeOptions.of(shared).withDeadline(Duration.ofSeconds(1)));
  }

  @AfterEach
  void stop() throws Exception {
    pipes.close();
    node.close();
  }

  /** Opens the response pipe first, as HPE's client does. */
  private final class Client implements AutoCloseable {
    private final InputStream responses =
        new BufferedInputStream(new FileInputStream(pipes.responses().toFile()));
    private final FileOutputStream requests = new FileOutputStream(pipes.requests().toFile());

    Client() throws IOException {}

    void send(int version, MessageType type, byte[] body) throws IOException {
      requests.write(PROTO.header(version, type.code(), body.length));
      requests.write(body);
    }

    /** The next answer as text, of which tests look for a part. */
    String answer(MessageType type) throws IOException {
      FrameHeader header = FrameHeader.parse(responses.readNBytes(FrameHeader.BYTES));
      assertThat(MessageType.ofCode(header.type())).contains(type);
      return new String(responses.readNBytes((int) header.size()), UTF_8);
    }

    @Override
    public void close() throws IOException {
      requests.close();
      responses.close();
    }
  }

  private static byte[] session(String contract) {
    return PROTO.encode(
        "SessionRequest",
        "syncInterval",
        16,
        "minPeers",
        2,
        "nodeWeightage",
        1,
        "trainingContract",
        contract,
        "mergeMethod",
        "mean");
  }

  @Test
  void belongToThisUserAlone() throws IOException {
    for (String name :
        new String[] {
          PipeFolder.REQUESTS, PipeFolder.RESPONSES, PipeFolder.TRAINED, PipeFolder.MERGED
        }) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
        .isEqualTo("rwx------");
  }

  @Test
  void sayWhatIsWrongWithASession() throws IOException {
    try (Client client = new Client()) {
      client.send(2, MessageType.OPEN_SESSION, session("no contract"));
      assertThat(client.answer(MessageType.OPEN_SESSION_ANSWER)).contains("no contract");
      client.send(2, MessageType.OPEN_SESSION, session("c"));
      assertThat(client.answer(MessageType.OPEN_SESSION_ANSWER)).contains("127.0.0.1:1");
    }
  }

  @Test
  void refuseAnotherVersionInHpesWords() throws IOException {
    try (Client client = new Client()) {
      client.send(1, MessageType.OPEN_SESSION, session("c"));
      assertThat(client.answer(MessageType.STATUS))
          .contains(
              "Mismatch in the Swarm API version between ML and SL containers. Expected version 2, but the version"
                  + " received from the header is 1");
      assertThat(client.responses.read()).as("the pipe is closed").isEqualTo(-1);
    }
  }

  @Test
  void needASessionBeforeWeights() throws IOException {
    try (Client client = new Client()) {
      client.send(
          2,
          MessageType.SYNC,
          PROTO.encode(
              "SyncRequest",
              "sessionID",
              "x",
              "syncSeqNum",
              1,
              "inputParams",
              "trained_weights.pkl"));
      assertThat(client.answer(MessageType.SYNC_ANSWER)).contains("open one first");
      client.send(2, MessageType.GET_LOSS_ANSWER, PROTO.encode("LossResponse", "sessionID", "x"));
      assertThat(client.answer(MessageType.STATUS)).contains("is not expected now");
    }
  }

  @Test
  void areMadeAgainWhenTheyAreGone() throws Exception {
    try (Client first = new Client()) {
      Files.delete(pipes.requests());
      Files.delete(pipes.responses());
    }
    await().until(() -> Files.exists(pipes.requests()));
    serveTheNext();
  }

  /** A client that comes while the pipes of another one close is cut off, and comes again. */
  private void serveTheNext() {
    await().ignoreExceptions().untilAsserted(this::sayWhatIsWrongWithASession);
  }

  @Test
  void areOfOneNode() {
    assertThatThrownBy(() -> Pipes.start(node, PipeOptions.of(shared)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("serves the pipes in");
  }

  @Test
  void takeNothingElseForAPipe() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve(PipeFolder.REQUESTS), "");

    assertThatThrownBy(() -> Pipes.start(node, PipeOptions.of(other)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no named pipe");
  }

  @Test
  void openNoFileElsewhere() throws Exception {
    PipeFolder made = PipeFolder.make(shared);
    Path secret = Files.writeString(folder.resolve("secret"), "s");
    Files.delete(shared.resolve(PipeFolder.TRAINED));
    Files.createSymbolicLink(shared.resolve(PipeFolder.TRAINED), secret);

    for (String name :
        new String[] {"../secret", "/etc/passwd", "", "..", ".", PipeFolder.TRAINED}) {
      assertThatThrownBy(() -> made.trained(name))
          .as(name)
          .hasMessageMatching("(fileName is .*|there is no plain file .*)");
    }
  }

  /**
   * Frames of random bytes, cut off anywhere: each client is told, or not, and the next is served.
   */
  @Test
  void serveTheNextClientAfterGarbage() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("PipesTest.serveTheNextClientAfterGarbage: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < FUZZED; i++) {
      byte[] frame = frame(random);
      int length = random.nextInt(frame.length + 1);
      try (Client client = new Client()) {
        client.requests.write(frame, 0, length);
      } catch (IOException e) {
        assertThat(e).as("seed " + seed).hasMessageContaining("Broken pipe");
      }
    }
    serveTheNext();
  }

  private static byte[] frame(Random random) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] body = session("c");
    int type = 1 + random.nextInt(12);
    int size = random.nextInt(3) == 0 ? random.nextInt() : body.length;
    bytes.write(PROTO.header(2, type, size));
    bytes.write(body);
    byte[] frame = bytes.toByteArray();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
    }
    return frame;
  }
}
