package io.swarmstream.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The merge methods that a contract's terms may name, by a specification {@code [nnm+]NAME[:F]}.
 *
 * <p>F is the number of bad sites to tolerate. Methods that depend on this number require it, and
 * so does {@code nnm+}, which puts {@link NearestNeighbourMixing} before any method.
 *
 * <p>{@link ServiceLoader} finds methods of other providers through the class loader of this
 * module, so all threads of a program see the same methods. In a Flink job, that is the class
 * loader of the job's jar; {@code flink run --classpath} adds another jar to it.
 */
public final class MergeMethods {
  private static final Pattern SPECIFICATION =
      Pattern.compile("(?<mixed>nnm\\+)?(?<name>[^:+]+)(?::(?<tolerated>\\d{1,6}))?");

  /** Methods that take no number. Add a new method here or to {@link #TOLERANT}. */
  private static final List<MergeMethod> PLAIN =
      List.of(new Mean(), new CoordMedian(), new GeoMedian());

  /** Methods that need the number of bad sites to tolerate, by name. */
  private static final Map<String, IntFunction<MergeMethod>> TOLERANT = new LinkedHashMap<>();

  static {
    TOLERANT.put(TrimmedMean.NAME, TrimmedMean::new);
    TOLERANT.put(MultiKrum.NAME, MultiKrum::new);
    TOLERANT.put(Bulyan.NAME, Bulyan::new);
  }

  /** Parsed methods, by specification. */
  private static final Map<String, MergeMethod> PARSED = new ConcurrentHashMap<>();

  private static volatile @Nullable Map<String, MergeMethod> known;

  private MergeMethods() {}

  /**
   * Returns the names that are complete specifications: the built-in methods in a fixed order, then
   * those of other providers, sorted.
   */
  public static List<String> names() {
    return List.copyOf(known().keySet());
  }

  /**
   * Returns the valid forms of a specification, for messages: {@link #names} and the other forms.
   */
  public static List<String> specifications() {
    List<String> all = new ArrayList<>(names());
    TOLERANT.keySet().forEach(name -> all.add(name + ":F"));
    all.add(NearestNeighbourMixing.PREFIX + "NAME:F");
    return all;
  }

  /**
   * Returns the method of a specification.
   *
   * @throws IllegalArgumentException if there is no such method; the message lists the known ones
   * @throws IllegalStateException if two methods on the class path claim the same name
   */
  public static MergeMethod named(String specification) {
    @Nullable MergeMethod parsed = PARSED.get(specification);
    if (parsed == null) {
      parsed = parse(specification);
      PARSED.put(specification, parsed);
    }
    return parsed;
  }

  private static MergeMethod parse(String specification) {
    Matcher matcher = SPECIFICATION.matcher(specification);
    if (!matcher.matches()) {
      throw unknown(specification);
    }
    String name = matcher.group("name");
    @Nullable String number = matcher.group("tolerated");
    boolean mixed = matcher.group("mixed") != null;
    @Nullable IntFunction<MergeMethod> tolerant = TOLERANT.get(name);
    @Nullable MergeMethod plain = known().get(name);
    if (tolerant == null && plain == null) {
      throw unknown(specification);
    }
    boolean takesNumber = tolerant != null || mixed;
    if (takesNumber != (number != null)) {
      throw new IllegalArgumentException(
          takesNumber
              ? "merge method '%s' does not say how many bad sites it shall tolerate; name it as %s:1, for instance"
                  .formatted(specification, specification)
              : "merge method '%s' tolerates no set number of bad sites; name it as %s, or as %s%s to mix neighbours first"
                  .formatted(specification, name, NearestNeighbourMixing.PREFIX, specification));
    }
    int tolerated = number == null ? 0 : Integer.parseInt(number);
    MergeMethod method =
        tolerant == null ? Objects.requireNonNull(plain) : tolerant.apply(tolerated);
    return mixed ? NearestNeighbourMixing.before(method, tolerated) : method;
  }

  private static IllegalArgumentException unknown(String specification) {
    return new IllegalArgumentException(
        "there is no merge method '%s'; use one of %s, where F is the number of bad sites to tolerate"
            .formatted(specification, String.join(", ", specifications())));
  }

  private static Map<String, MergeMethod> known() {
    @Nullable Map<String, MergeMethod> found = known;
    if (found == null) {
      List<MergeMethod> others = new ArrayList<>();
      ServiceLoader.load(MergeMethod.class, MergeMethods.class.getClassLoader())
          .forEach(others::add);
      others.sort(Comparator.comparing(MergeMethod::name));
      found = byName(others);
      known = found;
    }
    return found;
  }

  /** Returns the built-in methods, then the others. Rejects a name that is claimed twice. */
  static Map<String, MergeMethod> byName(List<MergeMethod> others) {
    Map<String, MergeMethod> byName = new LinkedHashMap<>();
    List<MergeMethod> all = new ArrayList<>(PLAIN);
    all.addAll(others);
    for (MergeMethod method : all) {
      MergeMethod first = byName.putIfAbsent(method.name(), method);
      if (first != null) {
        throw new IllegalStateException(
            "merge method '%s' is claimed by %s and by %s; take one of them off the class path"
                .formatted(method.name(), first.getClass().getName(), method.getClass().getName()));
      }
      if (TOLERANT.containsKey(method.name())) {
        throw new IllegalStateException(
            "merge method '%s' of %s has the name of one of ours; give it another one"
                .formatted(method.name(), method.getClass().getName()));
      }
    }
    return byName;
  }
}
