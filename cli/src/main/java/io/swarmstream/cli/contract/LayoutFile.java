package io.swarmstream.cli.contract;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.safetensors.SafetensorsException;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.schemas.safetensors.TensorEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the layout of a model from a safetensors file. */
final class LayoutFile {
  private LayoutFile() {}

  /**
   * Reads the names and shapes of the file's tensors.
   *
   * @throws IllegalArgumentException when the file is not a safetensors file
   */
  static ModelLayout read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new ModelLayout(
          SafetensorsHeader.read(in).tensors().stream().map(TensorEntry::shape).toList());
    } catch (SafetensorsException e) {
      throw new IllegalArgumentException("--layout " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The layout of a contract: from the chain, or from the file if the chain holds only its hash.
   *
   * @throws IllegalArgumentException when a file is needed but missing, or has another layout
   */
  static ModelLayout of(ContractTerms terms, ChainClient chain, @Nullable Path file)
      throws IOException {
    Optional<ModelLayout> known = chain.registry().layout(terms.contract());
    if (known.isPresent()) {
      return known.get();
    }
    if (file == null) {
      throw new IllegalArgumentException(
          "the layout of contract "
              + terms.contract()
              + " is too long for the chain, which has only its hash; give --layout with a safetensors file of the"
              + " model");
    }
    ModelLayout layout = read(file).sorted();
    if (!layout.hash().hex().equals(terms.layoutHash())) {
      throw new IllegalArgumentException(
          "--layout "
              + file
              + " hashes to "
              + layout.hash()
              + ", the terms of contract "
              + terms.contract()
              + " say "
              + terms.layoutHash()
              + "; give a file of the contract's model");
    }
    return layout;
  }
}
