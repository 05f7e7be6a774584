package io.swarmstream.testkit.laws;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Restricts what the classes of one module may import: of our packages, its own and the named ones;
 * of the restricted libraries, the named ones. Reads {@code target/classes} of the folder that the
 * test runs in, so the law does not apply to tests.
 */
public final class ModuleLaw {
  private static final String OURS = "io.swarmstream.";

  private final String[] mine;
  private String[] importable;
  private final Map<Library, String[]> users = new EnumMap<>(Library.class);
  private final Map<String, ArchRule> more = new LinkedHashMap<>();

  private ModuleLaw(String[] mine) {
    this.mine = mine;
    importable = mine;
  }

  /**
   * Starts the law of a module.
   *
   * @param parts our packages that make up the module, such as {@code site.node}, each with its
   *     subpackages
   */
  public static ModuleLaw of(String... parts) {
    return new ModuleLaw(packages(parts));
  }

  /** Allows the module to import these packages of ours, with their subpackages. */
  public ModuleLaw mayImport(String... parts) {
    importable =
        Stream.concat(Stream.of(importable), Stream.of(packages(parts))).toArray(String[]::new);
    return this;
  }

  /** Allows the whole module to use these libraries. */
  public ModuleLaw mayUse(Library... libraries) {
    for (Library library : libraries) {
      users.put(library, mine);
    }
    return this;
  }

  /** Allows only some packages of the module, without their subpackages, to use a library. */
  public ModuleLaw mayUseIn(Library library, String... exactPackages) {
    users.put(library, Stream.of(exactPackages).map(name -> OURS + name).toArray(String[]::new));
    return this;
  }

  /** Adds a rule specific to the module. */
  public ModuleLaw and(String name, ArchRule rule) {
    more.put(name, rule);
    return this;
  }

  /** Returns one test for each rule. */
  public Stream<DynamicTest> tests() {
    JavaClasses code = new ClassFileImporter().importPath(Path.of("target", "classes"));
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("all classes are in the module's packages", inItsPackages());
    rules.put("imports of ours go down", downwards());
    rules.put("internals of other modules stay theirs", noForeignInternals());
    for (Library library : Library.values()) {
      rules.put("use of " + library, use(library));
    }
    rules.put("packages have no cycles", withoutCycles());
    rules.putAll(more);
    return rules.entrySet().stream()
        .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(code)));
  }

  private ArchRule inItsPackages() {
    return classes().should().resideInAnyPackage(mine).because("a package belongs to one module");
  }

  private ArchRule downwards() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.swarmstream..").and(resideOutsideOfPackages(importable)))
        .because("imports go down, never up, never sideways: docs/architecture.md");
  }

  private ArchRule noForeignInternals() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.swarmstream..internal..").and(resideOutsideOfPackages(mine)))
        .because("a package named internal may change at any time");
  }

  private ArchRule use(Library library) {
    String[] allowed = users.getOrDefault(library, new String[0]);
    return noClasses()
        .that(resideOutsideOfPackages(allowed))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library.packages.toArray(String[]::new))
        .because(library.because)
        .allowEmptyShould(true);
  }

  private static ArchRule withoutCycles() {
    return slices()
        .assignedFrom(ONE_PER_PACKAGE)
        .should()
        .beFreeOfCycles()
        .because(
            "a package, with what is internal to it, can be understood by itself when it is in no"
                + " cycle");
  }

  private static String[] packages(String[] parts) {
    return Stream.of(parts).map(part -> OURS + part + "..").toArray(String[]::new);
  }

  private static final SliceAssignment ONE_PER_PACKAGE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          return SliceIdentifier.of(javaClass.getPackageName().replaceFirst("\\.internal$", ""));
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };
}
