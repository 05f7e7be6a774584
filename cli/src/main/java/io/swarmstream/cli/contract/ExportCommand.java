package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.cli.verify.ProgressLines;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.contracts.Draft;
import io.swarmstream.local.proof.ModelToFile;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.verification.ModelExport;
import io.swarmstream.verification.VerifyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm contract export}. */
@Command(
    name = "export",
    description = {
      "Writes the model of a round to a safetensors file, proven against the round's record and that against the chain.",
      "",
      "The newest model is read; an earlier one is made again from the contributions in the log, as 'swarm verify'"
          + " does it. After 'swarm contract reset NAME' the contract of before is still there under the name it has on"
          + " the chain, which 'swarm contract list' tells."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Name of the contract.")
  private String name;

  @Option(names = "--round", paramLabel = "R", description = "The round. Default: the newest.")
  private @Nullable Long round;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "File to write; must not exist.")
  private Path out;

  @Option(
      names = "--layout",
      paramLabel = "FILE",
      description =
          "A safetensors file of the model, for a contract whose layout is too long for the chain.")
  private @Nullable Path layoutFile;

  @Mixin private Where where;

  @Override
  public Integer call() throws Exception {
    where.checked(name);
    SwarmPlace.Found swarm = where.find();
    String contract = where.draft(swarm, name).map(Draft::contract).orElse(name);
    VerifyOptions options = options(contract, swarm);
    ModelExport.Exported exported =
        new ModelToFile(
                options, OptionalInt.empty(), new ProgressLines(spec.commandLine().getErr()))
            .write(out, this::layout);
    spec.commandLine()
        .getOut()
        .println(
            where.isJson()
                ? ContractView.json(
                    Map.of(
                        "contract",
                        contract,
                        "round",
                        exported.round(),
                        "modelHash",
                        exported.modelHash().hex(),
                        "file",
                        out.toString()))
                : "%s is the model %s of round %d of contract %s."
                    .formatted(out, exported.modelHash(), exported.round(), contract));
    return 0;
  }

  private ModelLayout layout(ContractTerms terms, ChainClient chain) throws IOException {
    try {
      return LayoutFile.of(terms, chain, layoutFile);
    } catch (IllegalArgumentException e) {
      throw where.wrong(e);
    }
  }

  private VerifyOptions options(String contract, SwarmPlace.Found swarm) {
    try {
      return new VerifyOptions(
          contract,
          round == null ? OptionalLong.empty() : OptionalLong.of(round),
          swarm.kafka(),
          swarm.chain(),
          VerifyOptions.DEFAULT_PATIENCE);
    } catch (IllegalArgumentException e) {
      throw where.wrong(e);
    }
  }
}
