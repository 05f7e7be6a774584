package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.TaskBoard;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.PeerReport;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.core.methods.response.Log;

/**
 * The agents of a run with what they said. Storage has the state of each peer and the block of its
 * newest report; the words are in that block's events.
 */
final class PeerDescriptions {
  private static final int ENROLMENTS_A_PAGE = 10;

  /** Reports that are at most this far apart are read by one request. */
  private static final long NEAR_BLOCKS = 200;

  private static final String DESCRIBED = EventEncoder.encode(TaskBoard.PEERDESCRIBED_EVENT);

  private final JsonRpc rpc;
  private final EventQuery events;
  private final SmartContract contract;
  private final TaskBoard calls;

  PeerDescriptions(JsonRpc rpc, SmartContract contract, TaskBoard calls) {
    this.rpc = rpc;
    this.events = new EventQuery(rpc, List.of(contract.address()));
    this.contract = contract;
    this.calls = calls;
  }

  /** Which report: the newest one of a peer in a block. */
  private record Place(String account, int index, long block) {}

  List<AgentRun> agents(String what, TaskBoard.Taskrunner taskrunner) {
    List<TaskBoard.Enrolment> enrolments =
        ViewPages.all(
            contract,
            what,
            ENROLMENTS_A_PAGE,
            (from, count) -> calls.enrolmentsOf(taskrunner.name, taskrunner.run, from, count),
            stored -> (TaskBoard.Enrolment) stored);
    Map<Place, TaskBoard.PeerDescribedEventResponse> said =
        said(what, taskrunner, blocks(enrolments));
    return enrolments.stream().map(enrolment -> agent(what, enrolment, said)).toList();
  }

  private AgentRun agent(
      String what,
      TaskBoard.Enrolment enrolment,
      Map<Place, TaskBoard.PeerDescribedEventResponse> said) {
    String account = MemberValues.address(enrolment.account);
    List<AgentRun.Reported> peers = new ArrayList<>();
    for (int index = 0; index < enrolment.peers.size(); index++) {
      TaskBoard.Peer peer = enrolment.peers.get(index);
      long block = peer.reportedBlock.longValueExact();
      var words = said.get(new Place(account, index, block));
      if (block > 0 && words == null) {
        throw new ChainException(
            "could not "
                + what
                + ": the node at "
                + rpc.place()
                + " does not have the events of block "
                + block
                + "; ask a node that keeps them");
      }
      peers.add(
          new AgentRun.Reported(
              new PeerReport(
                  index,
                  words == null ? "" : words.uid,
                  TaskCodes.of(TaskCodes.PEER_STATES, peer.state),
                  words == null ? "" : words.description),
              time(peer.reportedAt)));
    }
    return new AgentRun(
        account, enrolment.attempt.intValueExact(), time(enrolment.enrolledAt), peers);
  }

  private static NavigableSet<Long> blocks(List<TaskBoard.Enrolment> enrolments) {
    NavigableSet<Long> blocks = new TreeSet<>();
    for (TaskBoard.Enrolment enrolment : enrolments) {
      enrolment.peers.forEach(peer -> blocks.add(peer.reportedBlock.longValueExact()));
    }
    blocks.remove(0L);
    return blocks;
  }

  private Map<Place, TaskBoard.PeerDescribedEventResponse> said(
      String what, TaskBoard.Taskrunner taskrunner, NavigableSet<Long> blocks) {
    Map<Place, TaskBoard.PeerDescribedEventResponse> said = new HashMap<>();
    while (!blocks.isEmpty()) {
      long first = blocks.first();
      long last = first;
      while (!blocks.isEmpty() && blocks.first() - last <= NEAR_BLOCKS) {
        last = blocks.first();
        blocks.remove(last);
      }
      for (Log log : events.pagedLogs(what, first, last, topics(taskrunner))) {
        var words = TaskBoard.getPeerDescribedEventFromLog(log);
        said.put(
            new Place(
                MemberValues.address(words.agent),
                words.index.intValueExact(),
                log.getBlockNumber().longValueExact()),
            words);
      }
    }
    return said;
  }

  private static String[] topics(TaskBoard.Taskrunner taskrunner) {
    return new String[] {
      DESCRIBED, EventQuery.topic(taskrunner.id), EventQuery.topic(taskrunner.run)
    };
  }

  private static Instant time(BigInteger seconds) {
    return Instant.ofEpochSecond(seconds.longValueExact());
  }
}
