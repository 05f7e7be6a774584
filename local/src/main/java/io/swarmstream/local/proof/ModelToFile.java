package io.swarmstream.local.proof;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.files.TemporaryFolder;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.verification.ModelExport;
import io.swarmstream.verification.Progress;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Writes the model of a round, proven, to a safetensors file.
 *
 * @param options which round of which contract, and where
 * @param parallelism threads; empty: as many as there are cores
 */
public record ModelToFile(VerifyOptions options, OptionalInt parallelism, Progress progress) {

  /** Knows the trainers' tensors of a contract, which may be too many for the chain. */
  @FunctionalInterface
  public interface Layouts {
    ModelLayout of(ContractTerms terms, ChainClient chain) throws IOException;
  }

  /**
   * Writes it.
   *
   * @throws IllegalStateException when the contract has no model yet
   */
  public ModelExport.Exported write(Path to, Layouts layouts) throws Exception {
    ContractTerms terms;
    ModelLayout layout;
    try (ChainClient chain = ChainClient.reading(options.chain())) {
      terms =
          chain
              .registry()
              .terms(options.contract())
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "contract " + options.contract() + " has no model yet"));
      layout = layouts.of(terms, chain);
    }
    try (TemporaryFolder temporary = TemporaryFolder.make();
        ModelFile file = ModelFile.create(to, layout, terms.chunks())) {
      ModelExport.Exported exported =
          new ModelExport(options, VerifyJob.inThisProcess(parallelism, temporary.path()), progress)
              .run(file::write);
      file.keep();
      return exported;
    }
  }
}
