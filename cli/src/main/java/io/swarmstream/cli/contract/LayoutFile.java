package io.swarmstream.cli.contract;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.hashing.Hash;
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
   * @throws IllegalArgumentException when the file is not a safetensors file, or has a tensor of a
   *     reserved name
   */
  static ModelLayout read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      ModelLayout layout =
          new ModelLayout(
              SafetensorsHeader.read(in).tensors().stream().map(TensorEntry::shape).toList());
      ClipTensor.requireFree(layout);
      return layout;
    } catch (SafetensorsException | IllegalArgumentException e) {
      throw new IllegalArgumentException("--layout " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The trainers' tensors of a contract: from the chain, or from the file if the chain holds only
   * its hash.
   *
   * @throws IllegalArgumentException when a file is needed but missing, or has another layout
   */
  static ModelLayout of(ContractTerms terms, ChainClient chain, @Nullable Path file)
      throws IOException {
    Optional<ModelLayout> known = chain.registry().layout(terms.contract());
    if (known.isPresent()) {
      return ClipTensor.trained(terms.privacy(), known.get());
    }
    if (file == null) {
      throw new IllegalArgumentException(
          "the layout of contract "
              + terms.contract()
              + " is too long for the chain, which has only its hash; give --layout with a safetensors file of the"
              + " model");
    }
    ModelLayout layout = read(file).sorted();
    Hash hash = ClipTensor.whole(terms.privacy(), layout).hash();
    if (!hash.hex().equals(terms.layoutHash())) {
      throw new IllegalArgumentException(
          "--layout "
              + file
              + " hashes to "
              + hash
              + ", the terms of contract "
              + terms.contract()
              + " say "
              + terms.layoutHash()
              + "; give a file of the contract's model");
    }
    return layout;
  }
}
