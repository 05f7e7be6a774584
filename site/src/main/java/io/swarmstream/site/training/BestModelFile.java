package io.swarmstream.site.training;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.safetensors.SafetensorsException;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.schemas.safetensors.TensorEntry;
import io.swarmstream.schemas.safetensors.TensorValues;
import io.swarmstream.site.PublicApi;
import io.swarmstream.site.RoundSummary;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the merged model that was best on the site's own data, in a safetensors file, with what the
 * site keeps local. The file always holds a whole model, because it is replaced at once, and only
 * its user can read it.
 *
 * <p>A program that is started again in the same training continues with the file. One of an
 * earlier training is replaced.
 */
@PublicApi
public final class BestModelFile {
  private static final Logger LOG = LoggerFactory.getLogger(BestModelFile.class);

  /** The same as in files of the Python package. */
  private static final String FORMAT = "swarmstream best model";

  private final Path file;
  private final BestBy by;

  /** What an earlier program noted; null: nothing, or it was looked at already. */
  private @Nullable Noted found;

  private @Nullable BestModel best;

  private BestModelFile(Path file, BestBy by, @Nullable Noted found) {
    this.file = file;
    this.by = by;
    this.found = found;
  }

  private record Noted(String contract, BestModel model) {
    static Noted of(Map<String, String> metadata) {
      if (!FORMAT.equals(metadata.get("format"))) {
        throw new IllegalArgumentException("another format");
      }
      ModelFigures figures =
          new ModelFigures(number(metadata.get("loss")), number(metadata.get("metric")));
      long round = Long.parseLong(metadata.getOrDefault("round", ""));
      Hash hash = Hash.ofHex(metadata.getOrDefault("modelHash", ""));
      return new Noted(metadata.getOrDefault("contract", ""), new BestModel(round, figures, hash));
    }

    /** As Java or Python writes it. */
    private static double number(@Nullable String text) {
      String said = text == null ? "" : text;
      return switch (said) {
        case "nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "" -> throw new IllegalArgumentException("a number is missing");
        default -> Double.parseDouble(said);
      };
    }

    Map<String, String> metadata() {
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("format", FORMAT);
      metadata.put("contract", contract);
      metadata.put("round", String.valueOf(model.round()));
      metadata.put("loss", String.valueOf(model.figures().loss()));
      metadata.put("metric", String.valueOf(model.figures().metric()));
      metadata.put("modelHash", model.hash().hex());
      return metadata;
    }
  }

  /**
   * A file for the best model, which need not exist.
   *
   * @throws IllegalArgumentException when its folder does not exist, or it holds something else
   */
  public static BestModelFile at(Path file, BestBy by) {
    Path place = file.toAbsolutePath();
    @Nullable Path folder = place.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "the best model's file is " + file + ", whose folder does not exist; make the folder");
    }
    return new BestModelFile(place, by, Files.exists(place) ? noted(place) : null);
  }

  private static Noted noted(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Noted.of(SafetensorsHeader.read(in).metadata());
    } catch (IOException | SafetensorsException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the best model's file is "
              + file
              + ", which has something else than a best model; name another file",
          e);
    }
  }

  /** The best model so far; empty: none was found in this training. */
  public Optional<BestModel> best() {
    return Optional.ofNullable(best);
  }

  /**
   * Keeps a merged model if it is better than the best so far; of equal ones the earlier stays.
   *
   * @param merged the round that merged it
   * @param figures how good it is; NaN: it is not kept
   * @param model with the merged tensors, and the site's own
   * @return whether it was kept
   * @throws IllegalArgumentException when a value is not finite; names the tensor
   * @throws UncheckedIOException when the file cannot be written; it is as it was
   */
  public boolean consider(RoundSummary merged, ModelFigures figures, NamedTensors model) {
    return consider(
        merged.contract(), new BestModel(merged.round(), figures, merged.model()), model);
  }

  boolean consider(String contract, BestModel candidate, NamedTensors model) {
    Noted earlier = found;
    found = null;
    if (earlier != null) {
      takeUp(earlier, contract, candidate);
    }
    double score = by.score(candidate.figures());
    BestModel soFar = best;
    // A file may have a best model whose score is NaN, which compares with nothing.
    if (Double.isNaN(score) || (soFar != null && score >= by.score(soFar.figures()))) {
      return false;
    }
    requireFinite(model);
    write(new Noted(contract, candidate), model);
    best = candidate;
    return true;
  }

  /** Continues with the file of an earlier program if it can come from this training. */
  private void takeUp(Noted earlier, String contract, BestModel now) {
    BestModel kept = earlier.model();
    boolean isSame = kept.round() < now.round() || kept.hash().equals(now.hash());
    if (earlier.contract().equals(contract) && isSame) {
      best = kept;
      LOG.info("The best model so far is that of round {} in {}", kept.round(), file);
    } else {
      LOG.warn("{} has the best model of an earlier training, which is replaced", file);
    }
  }

  private static void requireFinite(NamedTensors model) {
    for (TensorShape tensor : model.layout().tensors()) {
      float[] values = model.values(tensor.name());
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new IllegalArgumentException(
              "value "
                  + i
                  + " of tensor "
                  + tensor.name()
                  + " is "
                  + values[i]
                  + "; lower the learning rate, or clip gradients");
        }
      }
    }
  }

  private void write(Noted noted, NamedTensors model) {
    @Nullable Path draft = null;
    try {
      // In the same folder, so that it can replace the file at once; readable by its user only.
      draft = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".new");
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        drain(
            ByteBuffer.wrap(SafetensorsHeader.ofFloats(model.layout(), noted.metadata())), channel);
        for (TensorShape tensor : model.layout().tensors()) {
          drain(bytes(model.values(tensor.name())), channel);
        }
        channel.force(true);
      }
      PrivateFiles.rename(draft, file);
      draft = null;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the best model cannot be written to "
              + file
              + " ("
              + e.getMessage()
              + "); free space there, or name another file",
          e);
    } finally {
      delete(draft);
    }
  }

  private static void delete(@Nullable Path draft) {
    try {
      if (draft != null) {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      LOG.warn("Cannot delete {}", draft, e);
    }
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static void drain(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Loads the best model in place of another, usually after training.
   *
   * @param into changed, all its tensors
   * @return what is known of it
   * @throws IllegalStateException when there is no best model yet, or the file has other tensors
   * @throws UncheckedIOException when the file cannot be read
   */
  public BestModel load(NamedTensors into) {
    BestModel kept =
        best()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is no best model in "
                            + file
                            + " yet; evaluate a merged model first"));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      SafetensorsHeader header = SafetensorsHeader.read(in);
      requireSame(header, into);
      TensorValues values = new TensorValues(in);
      for (TensorEntry tensor : header.tensors()) {
        float[] target = into.values(tensor.name());
        values.read(
            tensor,
            (from, some, count) -> System.arraycopy(some, 0, target, Math.toIntExact(from), count));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the best model in " + file, e);
    }
    return kept;
  }

  private void requireSame(SafetensorsHeader header, NamedTensors model) {
    Set<TensorShape> kept = new HashSet<>();
    header.tensors().forEach(tensor -> kept.add(tensor.shape()));
    if (!kept.equals(new HashSet<>(model.layout().tensors()))) {
      throw new IllegalStateException(
          file
              + " has "
              + kept
              + ", the model "
              + model.layout().tensors()
              + "; load it into the"
              + " model that was trained");
    }
  }
}
