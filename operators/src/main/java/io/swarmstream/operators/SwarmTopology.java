package io.swarmstream.operators;

import io.swarmstream.operators.admission.AdmitRecords;
import io.swarmstream.operators.admission.InspectRecords;
import io.swarmstream.operators.admission.InspectedRecord;
import io.swarmstream.operators.coordination.CoordinateRounds;
import io.swarmstream.operators.merging.MergeRound;
import io.swarmstream.operators.merging.SolveCoefficients;
import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.CoordinatorSignal;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.RoundPart;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.sealing.SealRounds;
import io.swarmstream.operators.window.GatherRound;
import io.swarmstream.operators.window.PlanTrigger;
import io.swarmstream.operators.window.RoundWindows;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The graph, from what sites send to what they get back.
 *
 * <pre>
 * deltas, site events ─▶ inspect ─▶ admit ─── chunks ──▶ round window ─▶ update model ─▶ models
 * contract events ─────────────────▶  └─ receipts ─▶ coordinate ── plans ─▶┘  └ sums ▶ solve ┘ └ hashes ▶ seal ─▶ rounds, anchors
 * rounds, read back ────────────────────────────────▶┘ └──────────────────── heads ──────────────────────▶┘
 * </pre>
 *
 * <p>Payloads do not flow through it. Inspection looks at them as they leave the source; the window
 * and the update read them again, from memory or from the log, chunk by chunk, when they merge.
 *
 * <p>It takes its sources and gives its sinks' streams, so that a job and its tests share it. The
 * uids name state in checkpoints: they never change.
 */
public final class SwarmTopology {
  /** How long a round may take from its plan to its record in the log before that seems lost. */
  public static final Duration READ_BACK_PATIENCE = Duration.ofSeconds(30);

  private SwarmTopology() {}

  /**
   * Builds the graph into the streams' environment.
   *
   * @param deltas the deltas topics of all contracts
   * @param siteEvents the sites topics of all contracts
   * @param roundRecords the rounds topics of all contracts
   * @param contractEvents the chain's events, in order, from the first on; parallelism 1
   * @param payloads how to read the deltas topics again
   * @param readBackPatience when a round has not been read back for so long, it is published again
   * @param contributionLifetime a contribution that waits longer for other sites has to be sent
   *     again; well below what the deltas topics keep
   */
  public static SwarmStreams build(
      DataStream<InboundRecord> deltas,
      DataStream<InboundRecord> siteEvents,
      DataStream<InboundRecord> roundRecords,
      DataStream<ContractEvent> contractEvents,
      PayloadAccess payloads,
      Duration readBackPatience,
      Duration contributionLifetime) {
    DataStream<ContractEvent> contracts =
        contractEvents
            .filter(new ServableContracts())
            .setParallelism(1)
            .uid("servable-contracts")
            .name("contracts this job can merge for");

    SingleOutputStreamOperator<ChunkSignal> admitted =
        inspect(deltas, payloads, "deltas")
            .union(inspect(siteEvents, payloads, "sites"))
            .connect(contracts.broadcast(AdmitRecords.broadcastStates()))
            .process(new AdmitRecords(contributionLifetime), TypeInformation.of(ChunkSignal.class))
            .uid("admit")
            .name("admit: signature, hash, layout, values");

    DataStream<CoordinatorSignal> readBack =
        roundRecords
            .flatMap(new ReadBack(), TypeInformation.of(CoordinatorSignal.class))
            .uid("read-back")
            .name("read back sealed rounds");

    SingleOutputStreamOperator<ChunkSignal> decisions =
        admitted
            .getSideOutput(AdmitRecords.SIGNALS)
            .union(readBack)
            .keyBy(CoordinatorSignal::contract, TypeInformation.of(String.class))
            .process(
                new CoordinateRounds(readBackPatience, contributionLifetime),
                TypeInformation.of(ChunkSignal.class))
            .uid("coordinate")
            .name("coordinate rounds: who is in, when it closes");

    SingleOutputStreamOperator<GatheredRound> gathered =
        admitted
            .union(decisions)
            .keyBy(ChunkSignal::key, TypeInformation.of(ChunkKey.class))
            .window(new RoundWindows())
            .trigger(new PlanTrigger())
            .process(new GatherRound(payloads), TypeInformation.of(GatheredRound.class))
            .uid("round-window")
            .name("round window: gather the deltas of the plan");

    SingleOutputStreamOperator<ModelSignal> coefficients =
        gathered
            .getSideOutput(GatherRound.PARTS)
            .keyBy(RoundPart::contract, TypeInformation.of(String.class))
            .process(new SolveCoefficients(), TypeInformation.of(ModelSignal.class))
            .uid("solve-coefficients")
            .name("solve for coefficients, limit lengths");

    SingleOutputStreamOperator<OutboundRecord> models =
        gathered
            .keyBy(GatheredRound::key, TypeInformation.of(ChunkKey.class))
            .connect(
                coefficients
                    .union(decisions.getSideOutput(CoordinateRounds.LOST_CHUNKS))
                    .keyBy(ModelSignal::key, TypeInformation.of(ChunkKey.class)))
            .process(new MergeRound(payloads), TypeInformation.of(OutboundRecord.class))
            .uid("update-model")
            .name("update model: base plus merged delta");

    SingleOutputStreamOperator<OutboundRecord> records =
        decisions
            .getSideOutput(CoordinateRounds.HEADS)
            .map(SealSignal::of, TypeInformation.of(SealSignal.class))
            .uid("head-to-seal")
            .name("round head")
            .union(
                models.getSideOutput(MergeRound.MERGED),
                coefficients.getSideOutput(SolveCoefficients.SOLVED),
                decisions.getSideOutput(CoordinateRounds.LOST_RECORDS))
            .keyBy(SealSignal::contract, TypeInformation.of(String.class))
            .process(new SealRounds(), TypeInformation.of(OutboundRecord.class))
            .uid("seal")
            .name("seal round: Merkle root and record");

    return new SwarmStreams(
        models,
        records.union(decisions.getSideOutput(CoordinateRounds.NOTICES)),
        admitted
            .getSideOutput(AdmitRecords.REJECTIONS)
            .union(decisions.getSideOutput(CoordinateRounds.REJECTIONS)),
        records.getSideOutput(SealRounds.ANCHORS));
  }

  /** At the source's own parallelism, so that it is chained to it. */
  private static DataStream<InspectedRecord> inspect(
      DataStream<InboundRecord> records, PayloadAccess payloads, String uid) {
    return records
        .map(new InspectRecords(payloads), TypeInformation.of(InspectedRecord.class))
        .uid("inspect-" + uid)
        .name("inspect payloads");
  }
}
