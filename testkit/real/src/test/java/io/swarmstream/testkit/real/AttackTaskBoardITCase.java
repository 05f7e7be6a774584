package io.swarmstream.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.JsonRpc;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.RpcTransport;
import io.swarmstream.clients.chain.Transactions;
import io.swarmstream.clients.chain.contracts.TaskBoard;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.Task;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;
import org.web3j.utils.Numeric;

/** Calls past the client, lying nodes, and what long texts cost. */
class AttackTaskBoardITCase {
  private static final String RUNNER =
      io.swarmstream.clients.chain.tasks.TaskBoard.DEFAULT_TASKRUNNER;

  private final DevChain chain = DevChain.shared();
  private final MemberChain swarm = new MemberChain(chain);
  private final String address = Optional.ofNullable(swarm.options.taskBoard()).orElseThrow();
  private final JsonRpc rpc = new JsonRpc(chain.anvil.url(), swarm.options.timeouts().request());
  private final TaskBoard calls =
      TaskBoard.load(
          address,
          rpc.web3j(),
          new ReadonlyTransactionManager(rpc.web3j(), address),
          new DefaultGasProvider());

  @AfterEach
  void close() {
    rpc.close();
    swarm.close();
  }

  @Test
  void aHashThatItsAuthorInventedIsFoundOut() {
    draft("build", "line");
    send(0, calls.finaliseTask("build", new byte[32], writesHash("build")));

    assertThatIllegalStateException()
        .isThrownBy(() -> swarm.founder.tasks().body("build"))
        .withMessageContaining("was finalised; whoever finalised it lied");
  }

  @Test
  void aTextWithOtherLinesThanItSaysIsFoundOut() {
    draft("build", "line");
    send(0, calls.writeBody("build", BigInteger.TWO, BigInteger.ONE, "two\nlines"));

    assertThatIllegalStateException()
        .isThrownBy(() -> swarm.founder.tasks().body("build"))
        .withMessageContaining("says that it has 1 lines, and has 2");
    assertThatIllegalStateException().isThrownBy(() -> swarm.founder.tasks().finalise("build"));
  }

  @Test
  void aWriteThatComesBetweenKeepsATaskFromBeingFinalised() {
    draft("build", "line");
    byte[] seen = writesHash("build");
    swarm.founder.tasks().writeBody("build", 1, List.of("another"));

    ChainRefusalException refusal =
        catchThrowableOfType(
            ChainRefusalException.class,
            () -> send(0, calls.finaliseTask("build", new byte[32], seen)));

    assertThat(refusal.error()).isEqualTo("BodyChanged");
  }

  @Test
  void aNodeCannotForgeABody() {
    draft("build", "harmless");
    try (ChainClient deceived =
        through(answer -> answer.replace(hex("harmless"), hex("harmful!")))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> deceived.tasks().body("build"))
          .withMessageContaining("gave another body than was written");
      // What is read at finalising is proven, too.
      assertThatIllegalStateException().isThrownBy(() -> deceived.tasks().finalise("build"));
    }
    swarm.founder.tasks().finalise("build");
    try (ChainClient deceived =
        through(answer -> answer.replace(hex("harmless"), hex("harmful!")))) {
      assertThatIllegalStateException().isThrownBy(() -> deceived.tasks().body("build"));
    }
  }

  /** Nothing of a body is used before all of it is proven. */
  @Test
  void aNodeCannotForgeWhereALineIs() {
    draft("build", "harmless");
    String one = "0".repeat(63) + "1";
    String text = "0".repeat(62) + "60";
    for (String forged :
        List.of(
            "0".repeat(64) + one + text, // a line 0
            "0".repeat(56) + "7fffffff" + one + text,
            one + "f".repeat(64) + text,
            one + one + "f".repeat(64),
            "")) {
      try (ChainClient deceived = through(answer -> answer.replace(one + one + text, forged))) {
        assertThatIllegalStateException()
            .as(forged)
            .isThrownBy(() -> deceived.tasks().body("build"))
            .withMessageContaining("gave another body than was written");
      }
    }
  }

  @Test
  void aNameThatIsNoTextHidesNoOtherTask() {
    byte[] call =
        Numeric.hexStringToByteArray(
            calls.createTask("nnnn", BigInteger.ONE, "a", "ROOTTASK", "o").encodeFunctionCall());
    byte[] name = "nnnn".getBytes(UTF_8);
    for (int i = 0; i < call.length - 4; i++) {
      if (Arrays.equals(call, i, i + 4, name, 0, 4)) {
        call[i] = (byte) 0xff;
      }
    }
    send(0, Numeric.toHexString(call));
    draft("build", "line");

    assertThat(swarm.founder.tasks().tasks())
        .extracting(Task::name)
        .hasSize(3)
        .contains("ROOTTASK", "build");
    assertThat(swarm.founder.audit().all()).isNotEmpty();
  }

  @Test
  void ofTwoAssignmentsAtOnceOneIsDone() throws Exception {
    draft("build", "line");
    swarm.founder.tasks().finalise("build");
    ChainClient other = swarm.join(1, "owner-b", Role.OWNER);
    ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();

    Thread first = new Thread(() -> outcomes.add(assigned(swarm.founder)));
    Thread second = new Thread(() -> outcomes.add(assigned(other)));
    first.start();
    second.start();
    first.join(20_000);
    second.join(20_000);

    assertThat(outcomes).containsExactlyInAnyOrder("run 1", "TaskrunnerBusy");
  }

  private static String assigned(ChainClient client) {
    try {
      return "run " + client.tasks().assign(RUNNER, "build", new Peers.AtLeast(1));
    } catch (ChainRefusalException e) {
      return e.error();
    }
  }

  @Test
  void tenThousandLinesAndLongDescriptionsFitIntoBlocks() throws Exception {
    List<String> lines =
        IntStream.range(0, 10_000).mapToObj(i -> i + "-".repeat(80 - (i + "").length())).toList();
    draft("long", "first");
    long before = swarm.founder.newestBlock();
    long startMs = System.nanoTime() / 1_000_000;

    swarm.founder.tasks().writeBody("long", 1, lines);
    swarm.founder.tasks().finalise("long");

    long after = swarm.founder.newestBlock();
    long writtenMs = System.nanoTime() / 1_000_000 - startMs;
    assertThat(swarm.founder.tasks().body("long")).isEqualTo(lines);
    System.out.printf(
        "10,000 lines of 80 characters: %d transactions, %,d gas, dearest %,d; written in %,d ms,"
            + " read in %,d ms%n",
        after - before,
        gas(before, after).sum(),
        gas(before, after).max().orElse(0),
        writtenMs,
        System.nanoTime() / 1_000_000 - startMs - writtenMs);
    assertThat(gas(before, after).max().orElse(0)).isLessThan(10_000_000);

    ChainClient agent = swarm.join(2, "agent", Role.AGENT);
    agent.tasks().register(RUNNER, 1);
    long run = swarm.founder.tasks().assign(RUNNER, "long", new Peers.AtLeast(1));
    agent.tasks().enrol(RUNNER, run, 1);
    reportAndPrint("first report, 100 bytes", agent, run, "d".repeat(100));
    reportAndPrint("next report, 100 bytes", agent, run, "d".repeat(100));
    reportAndPrint("report with 64 KiB", agent, run, "d".repeat(65_536));
  }

  private void reportAndPrint(String what, ChainClient agent, long run, String description)
      throws Exception {
    long before = swarm.founder.newestBlock();
    agent
        .tasks()
        .report(RUNNER, run, List.of(new PeerReport(0, "agent", PeerState.RUNNING, description)));
    System.out.printf("%s: %,d gas%n", what, gas(before, swarm.founder.newestBlock()).sum());
  }

  /** What the blocks after one up to another have used. */
  private LongStream gas(long before, long last) {
    return LongStream.rangeClosed(before + 1, last)
        .map(
            block -> {
              try {
                Object read =
                    chain.ask(
                        "eth_getBlockByNumber",
                        Numeric.encodeQuantity(BigInteger.valueOf(block)),
                        false);
                return Long.decode(String.valueOf(((Map<?, ?>) read).get("gasUsed")));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private void draft(String name, String line) {
    swarm.founder.tasks().create(TaskBoardContract.newTask(name));
    swarm.founder.tasks().writeBody(name, 1, List.of(line));
  }

  private byte[] writesHash(String name) {
    try {
      TaskBoard.Task stored = calls.taskOf(name).send();
      return stored.writesHash;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private TransactionReceipt send(int account, RemoteFunctionCall<?> call) {
    return send(account, call.encodeFunctionCall());
  }

  private TransactionReceipt send(int account, String data) {
    return new Transactions(
            rpc, chain.key(account).credentials(), swarm.options.timeouts().receipt())
        .send("call past the client", chain.anvil.chainId(), address, data);
  }

  /** A client of a node whose answers are changed on their way. */
  private ChainClient through(UnaryOperator<String> lie) {
    HttpClient http = HttpClient.newHttpClient();
    RpcTransport transport =
        request -> {
          try {
            String answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(chain.anvil.url()))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(request))
                            .build(),
                        BodyHandlers.ofString())
                    .body();
            return lie.apply(answer).getBytes(UTF_8);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        };
    return ChainClient.over(transport, swarm.options, chain.key(0));
  }

  private static String hex(String text) {
    return Numeric.toHexStringNoPrefix(text.getBytes(UTF_8));
  }
}
