package io.swarmstream.cli.network;

import io.swarmstream.clients.chain.AuditEvent;
import io.swarmstream.clients.chain.BoundKeys;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.RefusalInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm network audit}. */
@Command(
    name = "audit",
    description = {
      "Prints who did what to members and contracts, as the chain has recorded it. With --refused,"
          + " prints what the network node has refused.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditCommand implements Callable<Integer> {
  private static final int BLOCKS_A_PAGE = 10_000;
  private static final long POLL_MS = 1_000;

  @Spec private CommandSpec spec;

  @Option(names = "--follow", description = "Goes on with what happens, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--refused",
      description =
          "Prints the calls that the network node has refused since it was started, the newest"
              + " first, with who called, from where, and how often. For the roles admin and"
              + " network.")
  private boolean refused;

  @Option(
      names = "--json",
      description = "Print one JSON object for each act or refusal, each on a line of its own.")
  private boolean json;

  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    if (refused) {
      return printRefused();
    }
    try (ChainClient chain = place.signing()) {
      BoundKeys keys = chain.boundKeys();
      long next = chain.options().startBlock();
      while (true) {
        long newest = chain.newestBlock();
        while (next <= newest) {
          long last = Math.min(newest, next + BLOCKS_A_PAGE - 1);
          keys.follow(last);
          print(chain, chain.audit().events(next, last), keys);
          next = last + 1;
        }
        if (!follow) {
          return 0;
        }
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      return 0;
    }
  }

  private int printRefused() throws IOException {
    if (follow) {
      throw place.wrong(
          new IllegalArgumentException(
              "--follow goes with the acts on the chain, not with --refused"));
    }
    List<RefusalInfo> all = place.api().refusals();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      RefusedCalls.printJson(all, out);
    } else {
      RefusedCalls.print(all, out);
    }
    return 0;
  }

  private void print(ChainClient chain, List<AuditEvent> acts, BoundKeys keys) throws IOException {
    if (acts.isEmpty()) {
      return;
    }
    Map<String, String> names = new HashMap<>();
    chain.members().all().forEach(member -> names.put(member.account(), member.name()));
    PrintWriter out = spec.commandLine().getOut();
    for (AuditEvent act : acts) {
      String key = keys.of(act).orElse(null);
      out.println(
          json
              ? AuditLine.json(act, names.get(act.actor()), key)
              : AuditLine.text(act, names.getOrDefault(act.actor(), act.actor()), key));
    }
    out.flush();
  }
}
