package io.swarmstream.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The merge methods a contract's terms may name.
 *
 * <p>Methods from elsewhere are found by {@link ServiceLoader} through the class loader of this
 * module, so that all threads of a program see the same ones.
 */
public final class MergeMethods {

  private static final List<MergeMethod> OWN =
      List.of(new Mean(), new CoordMedian(), new GeoMedian());

  private MergeMethods() {}

  /** All known names: our own in a fixed order, then those of other providers, sorted. */
  public static List<String> names() {
    return List.copyOf(known().keySet());
  }

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   * @throws IllegalStateException if two methods on the class path claim the same name
   */
  public static MergeMethod named(String name) {
    Map<String, MergeMethod> known = known();
    MergeMethod method = known.get(name);
    if (method == null) {
      throw new IllegalArgumentException(
          "there is no merge method '%s'; use one of %s"
              .formatted(name, String.join(", ", known.keySet())));
    }
    return method;
  }

  private static Map<String, MergeMethod> known() {
    List<MergeMethod> others = new ArrayList<>();
    ServiceLoader.load(MergeMethod.class, MergeMethods.class.getClassLoader()).forEach(others::add);
    others.sort(Comparator.comparing(MergeMethod::name));
    return byName(others);
  }

  /** Our own methods, then the others; a name may be claimed only once. */
  static Map<String, MergeMethod> byName(List<MergeMethod> others) {
    Map<String, MergeMethod> known = new LinkedHashMap<>();
    List<MergeMethod> all = new ArrayList<>(OWN);
    all.addAll(others);
    for (MergeMethod method : all) {
      MergeMethod first = known.putIfAbsent(method.name(), method);
      if (first != null) {
        throw new IllegalStateException(
            "merge method '%s' is claimed by %s and by %s; take one of them off the class path"
                .formatted(method.name(), first.getClass().getName(), method.getClass().getName()));
      }
    }
    return known;
  }
}
