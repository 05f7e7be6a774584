package io.swarmstream.site.training;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.PublicApi;
import io.swarmstream.site.SiteException;
import io.swarmstream.site.internal.NamePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tensors of a model are shared with the other sites; the others stay at the site, such as a
 * personal head or, for FedBN (Li et al., ICLR 2021), batch normalisation. Immutable.
 *
 * <p>Patterns choose them by name. {@code *} stands for any characters, {@code ?} for one, {@code
 * [ab]} for one of these and {@code [!ab]} for one of the others; {@code !} in front keeps local.
 * Of the patterns that match a name the last one decides. What none matches stays local, unless the
 * first pattern begins with {@code !}: then it is shared.
 *
 * <p>The contract has the shared tensors only, so give the same patterns at all sites.
 */
@PublicApi
public final class SharedTensors {
  private static final int MOST_LISTED = 8;

  private final ModelLayout model;
  private final ModelLayout shared;

  private SharedTensors(ModelLayout model, ModelLayout shared) {
    this.model = model;
    this.shared = shared;
  }

  /**
   * Chooses the tensors that patterns share.
   *
   * @param model all tensors
   * @param patterns such as {@code "*", "!head.*"}
   * @throws IllegalArgumentException when there are no patterns, one matches no tensor, probably
   *     because it is misspelt, or nothing is shared
   */
  public static SharedTensors of(ModelLayout model, String... patterns) {
    return of(model, List.of(patterns));
  }

  /** Does the same for a list. */
  public static SharedTensors of(ModelLayout model, List<String> patterns) {
    Set<String> chosen = chosen(names(model), patterns);
    List<TensorShape> tensors =
        model.tensors().stream().filter(tensor -> chosen.contains(tensor.name())).toList();
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException(
          "share " + patterns + " keeps all tensors local; share at least one");
    }
    return new SharedTensors(model, new ModelLayout(tensors));
  }

  /** Patterns that share everything except some tensors, whatever characters their names have. */
  public static List<String> allBut(Collection<String> names) {
    List<String> patterns = new ArrayList<>(List.of("*"));
    names.forEach(name -> patterns.add("!" + name.replaceAll("[*?\\[]", "[$0]")));
    return patterns;
  }

  private static Set<String> chosen(List<String> names, List<String> patterns) {
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException(
          "share is empty; name what is shared, such as \"*\", \"!head.*\"");
    }
    Set<String> chosen = new HashSet<>(patterns.get(0).startsWith("!") ? names : List.of());
    for (String pattern : patterns) {
      boolean staysLocal = pattern.startsWith("!");
      NamePattern compiled = NamePattern.of(pattern.substring(staysLocal ? 1 : 0));
      List<String> matching = names.stream().filter(compiled::matches).toList();
      if (matching.isEmpty()) {
        throw new IllegalArgumentException(
            "share has \""
                + pattern
                + "\", which matches no tensor; the tensors are "
                + listed(names));
      }
      if (staysLocal) {
        matching.forEach(chosen::remove);
      } else {
        chosen.addAll(matching);
      }
    }
    return chosen;
  }

  private static String listed(List<String> names) {
    String listed = String.join(", ", names.subList(0, Math.min(MOST_LISTED, names.size())));
    int more = names.size() - MOST_LISTED;
    return more > 0 ? listed + ", and " + more + " more" : listed;
  }

  /**
   * The same tensors in the order of a contract's layout, which a site of another program may have
   * created.
   *
   * @param contract what {@link io.swarmstream.site.SwarmSite#layout()} returns
   * @throws SiteException naming the first tensor that differs, and where it is shared
   */
  public SharedTensors inOrderOf(ModelLayout contract) {
    Map<String, TensorShape> here = new LinkedHashMap<>();
    shared.tensors().forEach(tensor -> here.put(tensor.name(), tensor));
    for (TensorShape tensor : contract.tensors()) {
      TensorShape mine = here.remove(tensor.name());
      if (mine == null) {
        throw new SiteException(
            "the contract has tensor "
                + tensor.name()
                + ", which "
                + (names(model).contains(tensor.name()) ? "stays local" : "does not exist")
                + " here; train the contract's model, and give the same patterns at all sites");
      }
      if (!mine.equals(tensor)) {
        throw new SiteException(
            "tensor "
                + tensor
                + " of the contract is "
                + mine
                + " here; train the contract's model");
      }
    }
    if (!here.isEmpty()) {
      throw new SiteException(
          "tensor "
              + here.keySet().iterator().next()
              + " is shared here and not in the contract; give the same patterns at all sites");
    }
    return new SharedTensors(model, contract);
  }

  /** The shared tensors, in the order of the flat vector; what a contract is created with. */
  public ModelLayout layout() {
    return shared;
  }

  /** Names of the tensors that stay at the site, in the order of the model. */
  public List<String> local() {
    List<String> local = new ArrayList<>(names(model));
    local.removeAll(names(shared));
    return local;
  }

  /**
   * Copies the shared tensors of a model into a flat vector, as a sync takes it.
   *
   * @throws IllegalArgumentException when the model lacks one of them
   */
  public float[] take(NamedTensors from) {
    float[] flat = new float[Math.toIntExact(shared.parameterCount())];
    int at = 0;
    for (TensorShape tensor : shared.tensors()) {
      float[] values = values(from, tensor);
      System.arraycopy(values, 0, flat, at, values.length);
      at += values.length;
    }
    return flat;
  }

  /**
   * Writes a flat vector of the shared tensors, such as merged weights, into a model. What is local
   * stays as it is.
   *
   * @throws IllegalArgumentException when the vector has another length, or the model lacks a
   *     shared tensor
   */
  public void put(float[] flat, NamedTensors into) {
    NamedTensors.requireLength(shared, flat);
    int at = 0;
    for (TensorShape tensor : shared.tensors()) {
      float[] values = values(into, tensor);
      System.arraycopy(flat, at, values, 0, values.length);
      at += values.length;
    }
  }

  private static float[] values(NamedTensors model, TensorShape tensor) {
    float[] values = model.values(tensor.name());
    if (values.length != tensor.size()) {
      throw new IllegalArgumentException(
          "tensor "
              + tensor
              + " has "
              + values.length
              + " values in this model; give a model of the same layout");
    }
    return values;
  }

  private static List<String> names(ModelLayout layout) {
    return layout.tensors().stream().map(TensorShape::name).toList();
  }
}
