package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.log.StoredRecord;
import io.swarmstream.clients.network.VerificationInfo;
import io.swarmstream.network.history.LoggedDetail;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Routes that prove rounds, and give the records and models of which the proof is. */
final class ProofRoutes {
  private static final String BYTES = "application/octet-stream";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ConsoleParts node;

  /** A model takes disk and, if it is an earlier one, work. */
  private final Semaphore models = new Semaphore(1);

  ProofRoutes(ConsoleParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "POST",
                "/v1/contracts/{name}/verification",
                "verifyRounds",
                "Begins to verify all rounds, for the roles observer, owner and admin.",
                MemberGate.CONSOLE,
                call -> begin(call, OptionalLong.empty()))
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(VerificationInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/verification",
                "getVerification",
                "The verification of all rounds that this node made last.",
                MEMBER,
                call -> newest(call, OptionalLong.empty()))
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(VerificationInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/contracts/{name}/rounds/{round}/verification",
                "verifyRound",
                "Begins to verify a round, for the roles observer, owner and admin.",
                MemberGate.CONSOLE,
                call -> begin(call, OptionalLong.of(RoundRoutes.number(call))))
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(VerificationInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/rounds/{round}/verification",
                "getVerificationOfRound",
                "The verification of a round that this node made last.",
                MEMBER,
                call -> newest(call, OptionalLong.of(RoundRoutes.number(call))))
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(VerificationInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/rounds/{round}/record",
                "getRecord",
                "A round's record as the job has published it; the chain holds its SHA-256.",
                MEMBER,
                this::record)
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(BYTES),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/model",
                "getModel",
                "A proven model as a safetensors file, for the roles observer, site, owner and admin.",
                MEMBER,
                this::model)
            .query("round", long.class, "The round; the newest if it is not said.")
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(BYTES));
  }

  private String contract(ApiCall<Caller> call) {
    return TrainingName.onChain(call, node.drafts());
  }

  private VerificationInfo begin(ApiCall<Caller> call, OptionalLong round) {
    var unused = call.caller().with(Role.OBSERVER, Role.OWNER, Role.ADMIN);
    try {
      return node.reading().verifications().begin(contract(call), round);
    } catch (IllegalStateException e) {
      throw ApiProblem.of(409, "busy", String.valueOf(e.getMessage())).because(e);
    }
  }

  private VerificationInfo newest(ApiCall<Caller> call, OptionalLong round) {
    return node.reading().verifications().newest(contract(call), round);
  }

  private byte[] record(ApiCall<Caller> call) {
    String contract = contract(call);
    LoggedDetail round = RoundRoutes.round(node, call, contract);
    byte[] record =
        stored(contract, round)
            .filter(bytes -> Hash.sha256(bytes).hex().equals(round.recordHash()))
            .orElseThrow(
                () ->
                    notReadable(
                        round, "did not give it within " + PATIENCE.toSeconds() + " s; try again"));
    attach(call, contract + "-" + round.round() + ".record");
    return record;
  }

  private Optional<byte[]> stored(String contract, LoggedDetail round) {
    try {
      return StoredRecord.at(
          place(node).kafka(),
          Topic.ROUNDS.of(contract),
          round.partition(),
          round.offset(),
          PATIENCE);
    } catch (KafkaException e) {
      throw notReadable(round, "has failed (" + e.getMessage() + "); try again").because(e);
    }
  }

  private static ApiProblem notReadable(LoggedDetail round, String why) {
    return ApiProblem.of(
        503,
        "not-readable",
        "the record of round " + round.round() + " cannot be read: Kafka " + why);
  }

  static RoundVerifier.Place place(ConsoleParts node) {
    try {
      return node.reading().place().get();
    } catch (IllegalStateException e) {
      throw ApiProblem.of(503, "no-kafka", String.valueOf(e.getMessage())).because(e);
    }
  }

  /** A browser saves the answer as this file. */
  static void attach(ApiCall<Caller> call, String file) {
    var unused =
        call.answerHeader("Content-Disposition", "attachment; filename=\"" + file + "\"")
            .answerHeader("Cache-Control", "no-store");
  }

  private @Nullable Object model(ApiCall<Caller> call) throws IOException, InterruptedException {
    var unused = call.caller().with(Role.OBSERVER, Role.SITE, Role.OWNER, Role.ADMIN);
    String contract = contract(call);
    long asked = call.query("round", -1, 0, Long.MAX_VALUE);
    if (!models.tryAcquire()) {
      throw ApiProblem.of(
          503, "busy", "this node gives a model to somebody else at present; try again");
    }
    try {
      give(call, contract, asked);
      return null;
    } finally {
      models.release();
    }
  }

  private void give(ApiCall<Caller> call, String contract, long asked)
      throws IOException, InterruptedException {
    Path file =
        PrivateFiles.closedFolder(node.reading().cache()).resolve("model-" + UUID.randomUUID());
    try {
      export(contract, asked < 0 ? OptionalLong.empty() : OptionalLong.of(asked), file);
      attach(call, contract + (asked < 0 ? "" : "-" + asked) + ".safetensors");
      // A model is as long compressed, and its length is told before; browsers ask for compression.
      call.context().disableCompression().contentType(BYTES);
      call.answerHeader("Content-Length", Long.toString(Files.size(file)));
      Files.copy(file, call.context().outputStream());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void export(String contract, OptionalLong round, Path file) throws InterruptedException {
    try {
      node.reading().verifier().export(place(node), contract, round, file);
    } catch (ApiProblem | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw ApiProblem.of(
              409,
              "no-model",
              MissingRightException.isIn(e)
                  ? e.getMessage()
                      + "; the node's own member needs the role observer, owner or admin"
                  : String.valueOf(e.getMessage()))
          .because(e);
    }
  }
}
