package io.swarmstream.verification.replay;

import io.swarmstream.operators.merging.SolveCoefficients;
import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.wire.InboundRecord;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * The graph of a replay, bounded:
 *
 * <pre>
 * planned chunks ─────────────────▶ gather and merge ─────────────────▶ step model ─▶ news
 * deltas ─▶ check against records ──┘      └ sums ▶ solve ─ coefficients ─┘
 * models ─▶ bases ────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>It spreads as the job does, chunk by chunk; several rounds flow at once.
 */
public final class ReplayTopology {
  private ReplayTopology() {}

  /**
   * Builds the graph into the streams' environment.
   *
   * @param planned the numbers 0 to {@link ReplayPlan#cells()}, that one not included
   * @param deltas the contract's deltas topic
   * @param models the contract's models topic, and that of its optimizer if it has one; null when
   *     the plan starts from no published model
   * @param payloads how to read the deltas topic again
   */
  public static DataStream<ReplayNews> build(
      ReplayPlan plan,
      DataStream<Long> planned,
      DataStream<InboundRecord> deltas,
      @Nullable DataStream<InboundRecord> models,
      PayloadAccess payloads) {
    DataStream<DeltaSignal> cells =
        planned
            .map(number -> DeltaSignal.planned(plan.cell(number)))
            .returns(TypeInformation.of(DeltaSignal.class))
            .uid("planned")
            .name("chunks that the round records name");
    SingleOutputStreamOperator<GatheredRound> gathered =
        deltas
            .flatMap(new CheckDeltas(plan, payloads), TypeInformation.of(DeltaSignal.class))
            .uid("check-deltas")
            .name("check: signature, hash, layout, values, round record")
            .union(cells)
            .keyBy(DeltaSignal::key, TypeInformation.of(RoundChunk.class))
            .process(new GatherDeltas(plan, payloads), TypeInformation.of(GatheredRound.class))
            .uid("gather")
            .name("gather and merge deltas again");

    // The job's own function, keyed by round as well, because several rounds are in progress here.
    SingleOutputStreamOperator<ModelSignal> coefficients =
        gathered
            .getSideOutput(GatherDeltas.PARTS)
            .keyBy(part -> String.valueOf(part.round()), Types.STRING)
            .process(new SolveCoefficients(), TypeInformation.of(ModelSignal.class))
            .uid("solve")
            .name("solve for coefficients, limit lengths again");

    DataStream<StepSignal> steps =
        coefficients
            .map(StepSignal::of, TypeInformation.of(StepSignal.class))
            .uid("coefficients")
            .name("coefficients");
    if (models != null) {
      steps =
          steps.union(
              models
                  .flatMap(new BaseChunks(plan), TypeInformation.of(StepSignal.class))
                  .uid("bases")
                  .name("published models to start from"));
    }
    DataStream<ReplayNews> made =
        gathered
            .keyBy(GatheredRound::key, TypeInformation.of(ChunkKey.class))
            .connect(steps.keyBy(StepSignal::key, TypeInformation.of(ChunkKey.class)))
            .process(new StepModel(plan, payloads), TypeInformation.of(ReplayNews.class))
            .uid("step-model")
            .name("make the models anew: base plus merged delta");
    DataStream<ReplayNews> solved =
        coefficients
            .getSideOutput(SolveCoefficients.SOLVED)
            .map(ReplayTopology::solved, TypeInformation.of(ReplayNews.class))
            .uid("solved")
            .name("iterations, gap and lengths");
    return made.union(solved, gathered.getSideOutput(GatherDeltas.NEWS));
  }

  /**
   * Lists what a contract's topic of models, or of the optimizer, holds.
   *
   * @param vectors published in the topic as one: 1 for models
   */
  public static DataStream<SurveyedChunk> survey(
      ContractTerms terms, int vectors, DataStream<InboundRecord> chunks) {
    return chunks
        .flatMap(new SurveyModels(terms, vectors), TypeInformation.of(SurveyedChunk.class))
        .uid("survey-models")
        .name("hashes of the published models");
  }

  private static ReplayNews solved(SealSignal signal) {
    return ReplayNews.solved(signal.round(), Objects.requireNonNull(signal.solved()));
  }
}
