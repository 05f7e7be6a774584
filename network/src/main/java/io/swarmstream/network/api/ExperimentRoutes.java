package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import com.fasterxml.jackson.core.JsonGenerator;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.ExperimentInfo;
import io.swarmstream.clients.network.NotesOrder;
import io.swarmstream.network.export.CsvExport;
import io.swarmstream.network.export.TensorBoardExport;
import io.swarmstream.network.history.LoggedDetail;
import io.swarmstream.network.history.RoundWalk;
import io.swarmstream.network.log.ExperimentNotes;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Routes about trainings as experiments: what came of them, notes, exports. */
final class ExperimentRoutes {
  private static final int LONGEST_TEXT = 4_000;
  private static final int MOST_TAGS = 20;
  private static final int LONGEST_TAG = 40;

  /** Each occupies a thread for as long as its reader takes. */
  private static final int MOST_EXPORTS = 4;

  private final ConsoleParts node;
  private final Semaphore exports = new Semaphore(MOST_EXPORTS);

  ExperimentRoutes(ConsoleParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "GET",
                "/v1/experiments",
                "listExperiments",
                "Trainings, past and present.",
                MEMBER,
                call -> new ExperimentViews(node).all())
            .givesListOf(ExperimentInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/experiments/{contract}",
                "getExperiment",
                "A training by its name on the chain.",
                MEMBER,
                this::experiment)
            .gives(ExperimentInfo.class),
        ApiRoute.<Caller>of(
                "PUT",
                "/v1/experiments/{contract}/notes",
                "setNotes",
                "Replaces notes and tags, for the roles site, owner and admin.",
                MemberGate.CONSOLE,
                this::note)
            .takes(NotesOrder.class)
            .gives(ExperimentInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/experiments/{contract}/export",
                "exportExperiment",
                "All rounds: a CSV file, JSON, or a zip of TensorBoard's event files.",
                MEMBER,
                this::export)
            .query("format", String.class, "csv, json or tensorboard; csv if it is not said.")
            .gives("application/octet-stream"));
  }

  private ExperimentInfo experiment(ApiCall<Caller> call) {
    String contract = contract(call);
    return new ExperimentViews(node)
        .of(contract)
        .orElseThrow(
            () ->
                ApiProblem.of(
                    404,
                    "unknown-experiment",
                    "there is no experiment " + contract + "; list them at /v1/experiments"));
  }

  private static String contract(ApiCall<Caller> call) {
    try {
      return ContractTerms.checkName(call.path("contract"));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("contract", String.valueOf(e.getMessage())).because(e);
    }
  }

  private ExperimentInfo note(ApiCall<Caller> call) throws InterruptedException {
    Member member = call.caller().with(Role.SITE, Role.OWNER, Role.ADMIN);
    NotesOrder order = call.body(NotesOrder.class);
    ExperimentInfo known = experiment(call);
    try {
      node.reading()
          .keeper()
          .keep(
              new ExperimentNotes.Note(
                  known.contract(),
                  text(order.text()),
                  tags(order.tags()),
                  member.name(),
                  System.currentTimeMillis()));
    } catch (IllegalStateException e) {
      throw ApiProblem.of(503, "not-kept", String.valueOf(e.getMessage())).because(e);
    }
    return experiment(call);
  }

  private static String text(@Nullable String text) {
    String said = Objects.requireNonNullElse(text, "");
    if (said.length() > LONGEST_TEXT) {
      throw ApiProblem.badValue(
          "text",
          "text has " + said.length() + " characters; at most " + LONGEST_TEXT + " are kept");
    }
    return said;
  }

  private static List<String> tags(@Nullable List<String> tags) {
    List<String> said = new ArrayList<>();
    for (@Nullable String tag : Objects.requireNonNullElse(tags, List.<String>of())) {
      String word = tag == null ? "" : tag.strip();
      if (word.isEmpty() || word.length() > LONGEST_TAG) {
        throw ApiProblem.badValue(
            "tags", "tags has " + tag + "; a tag has 1 to " + LONGEST_TAG + " characters");
      }
      if (!said.contains(word)) {
        said.add(word);
      }
    }
    if (said.size() > MOST_TAGS) {
      throw ApiProblem.badValue(
          "tags", "tags has " + said.size() + " words; at most " + MOST_TAGS + " are kept");
    }
    return said;
  }

  private @Nullable Object export(ApiCall<Caller> call) throws IOException {
    String contract = experiment(call).contract();
    String format = call.query("format").orElse("csv");
    if (!exports.tryAcquire()) {
      throw ApiProblem.of(
          503, "busy", "this node writes " + MOST_EXPORTS + " exports at present; try again");
    }
    try {
      switch (format) {
        case "csv" ->
            CsvExport.write(walk().rounds(contract), begin(call, contract, "csv", "text/csv"));
        case "json" -> json(contract, begin(call, contract, "json", "application/json"));
        case "tensorboard" ->
            TensorBoardExport.write(
                walk().rounds(contract),
                List.copyOf(node.reading().rounds().standings(contract).keySet()),
                site -> walk().of(contract, site),
                begin(call, contract, "tensorboard.zip", "application/zip"));
        default ->
            throw ApiProblem.badValue(
                "format", "format is " + format + "; it has to be csv, json or tensorboard");
      }
    } finally {
      exports.release();
    }
    return null;
  }

  private RoundWalk walk() {
    return node.reading().rounds().walk();
  }

  private static OutputStream begin(
      ApiCall<Caller> call, String contract, String ending, String mediaType) {
    ProofRoutes.attach(call, contract + "." + ending);
    call.context().contentType(mediaType);
    return call.context().outputStream();
  }

  private void json(String contract, OutputStream to) throws IOException {
    try (JsonGenerator json = ApiJson.mapper().createGenerator(to)) {
      json.writeStartObject();
      json.writeStringField("contract", contract);
      json.writeArrayFieldStart("rounds");
      for (LoggedDetail round : (Iterable<LoggedDetail>) walk().rounds(contract)::iterator) {
        json.writePOJO(RoundViews.of(round, Optional.empty()));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}
