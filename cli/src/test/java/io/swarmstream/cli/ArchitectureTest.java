package io.swarmstream.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The law of imports: down, never up, never sideways. It stands here since this module sees all
 * others. Tests are not under it.
 */
class ArchitectureTest {
  private static final String OURS = "io.swarmstream";

  /** What each part of ours may import of ours, beside itself. */
  private static final List<Part> PARTS =
      List.of(
          new Part("schemas", "what crosses a process border stands on nothing of ours"),
          new Part("merge", "the mathematics knows neither records nor streams"),
          new Part("embedded", "a broker and a chain for one machine know nothing of training"),
          new Part("testkit", "fakes speak the language of the wire only", "schemas"),
          new Part(
              "operators",
              "the Flink functions know neither where records come from nor what a chain is",
              "schemas",
              "merge"),
          new Part(
              "operators.messages",
              "messages between functions lie below all functions",
              "schemas",
              "merge"),
          new Part("kafka", "connectors lie side by side, on the schemas only", "schemas"),
          new Part("chain", "connectors lie side by side, on the schemas only", "schemas"),
          new Part(
              "jobs",
              "a job joins operators and connectors, and no other program",
              "schemas",
              "merge",
              "operators",
              "kafka",
              "chain"),
          new Part(
              "site",
              "a site talks to the swarm through the plain clients, and shares no code with the job",
              "schemas",
              "kafka",
              "chain"),
          new Part(
              "site.trainer",
              "a trainer knows its model and its data, as any user's training program does"),
          new Part(
              "site.safetensors",
              "a file format knows tensors, and neither sites nor rounds",
              "schemas"),
          new Part(
              "local",
              "a swarm on one machine stands on the programs",
              "schemas",
              "merge",
              "operators",
              "kafka",
              "chain",
              "jobs",
              "site",
              "embedded"),
          new Part(
              "cli",
              "the command stands on top",
              "schemas",
              "merge",
              "operators",
              "kafka",
              "chain",
              "jobs",
              "site",
              "embedded",
              "local"));

  /** Which of our packages may import a library. */
  private static final List<Library> LIBRARIES =
      List.of(
          new Library(
              "Flink",
              "whoever is no part of a Flink job runs without Flink on its class path",
              List.of("org.apache.flink.."),
              List.of("operators..", "kafka", "chain..", "jobs..", "local..")),
          new Library(
              "Kafka",
              "the log is behind the Kafka connector, so that nobody else depends on its client",
              List.of("org.apache.kafka..", "kafka.."),
              List.of("kafka..", "embedded..")),
          new Library(
              "Web3j",
              "the chain is behind the chain connector; schemas take its signatures, not its client",
              List.of("org.web3j.."),
              List.of("chain..", "schemas")),
          new Library(
              "Web3j's client",
              "an Ethereum node is spoken to by the chain connector alone",
              List.of("org.web3j.protocol..", "org.web3j.abi..", "org.web3j.tx..", "okhttp3.."),
              List.of("chain..")),
          new Library(
              "ND4J and Deeplearning4j",
              "every other framework trains just as well; none of ours may lean on this one",
              List.of("org.nd4j..", "org.deeplearning4j..", "org.bytedeco.."),
              List.of("site.trainer..")),
          new Library(
              "Jetty",
              "HTTP is how trainers speak with their node; nobody else serves any",
              List.of("org.eclipse.jetty.."),
              List.of("site.node.http")),
          new Library(
              "Avro",
              "the byte form of a record is one class's affair, WireFormat's",
              List.of("org.apache.avro.."),
              List.of("schemas..")),
          new Library(
              "picocli",
              "only programs are started by hand",
              List.of("picocli.."),
              List.of("jobs..", "site..", "local..", "cli..")));

  @SuppressWarnings("NullAway.Init")
  private static JavaClasses code;

  private record Part(String name, String because, List<String> below) {
    Part(String name, String because, String... below) {
      this(name, because, List.of(below));
    }

    ArchRule law() {
      String[] others =
          Stream.concat(Stream.of(name), below.stream())
              .map(part -> OURS + "." + part + "..")
              .toArray(String[]::new);
      return noClasses()
          .that()
          .resideInAPackage(others[0])
          .should()
          .dependOnClassesThat(resideInAnyPackage(OURS + "..").and(resideOutsideOfPackages(others)))
          .because(because)
          .allowEmptyShould(true);
    }
  }

  private record Library(String name, String because, List<String> packages, List<String> users) {
    ArchRule law() {
      String[] allowed = users.stream().map(user -> OURS + "." + user).toArray(String[]::new);
      return noClasses()
          .that(resideOutsideOfPackages(allowed))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages.toArray(String[]::new))
          .because(because)
          .allowEmptyShould(true);
    }
  }

  @BeforeAll
  static void importCode() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(OURS);
  }

  /** Without this, a class path that lost a module would pass every law. */
  @Test
  void seesEveryModule() {
    assertThat(code.stream().map(JavaClass::getPackageName))
        .contains(
            "io.swarmstream.schemas",
            "io.swarmstream.merge",
            "io.swarmstream.embedded",
            "io.swarmstream.operators",
            "io.swarmstream.kafka",
            "io.swarmstream.kafka.client",
            "io.swarmstream.chain",
            "io.swarmstream.jobs",
            "io.swarmstream.site",
            "io.swarmstream.site.node",
            "io.swarmstream.site.trainer",
            "io.swarmstream.local");
  }

  @Test
  void everyPackageIsUnderALaw() {
    String[] known =
        PARTS.stream().map(part -> OURS + "." + part.name() + "..").toArray(String[]::new);
    classes()
        .should()
        .resideInAnyPackage(known)
        .because("a new module says first what it may import")
        .check(code);
  }

  @TestFactory
  Stream<DynamicTest> importsGoDownOnly() {
    return PARTS.stream()
        .map(part -> DynamicTest.dynamicTest(part.name(), () -> part.law().check(code)));
  }

  @TestFactory
  Stream<DynamicTest> librariesStayWhereTheyBelong() {
    return LIBRARIES.stream()
        .map(library -> DynamicTest.dynamicTest(library.name(), () -> library.law().check(code)));
  }

  @Test
  void mergeImportsNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.swarmstream.merge..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.swarmstream.merge..", "java..", "org.jspecify..")
        .because("the mathematics has to be readable, and usable, by itself")
        .check(code);
  }

  @Test
  void onlySignaturesNeedWeb3jInSchemas() {
    noClasses()
        .that()
        .resideInAPackage("io.swarmstream.schemas..")
        .and()
        .doNotHaveFullyQualifiedName("io.swarmstream.schemas.SiteKey")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.web3j..")
        .because("a reader in another language needs secp256k1 at one place and no chain")
        .check(code);
  }

  @Test
  void nobodyInOperatorsImportsTheTopology() {
    noClasses()
        .that()
        .resideInAPackage("io.swarmstream.operators..")
        .and()
        .haveNameNotMatching("io.swarmstream.operators.SwarmTopology(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.swarmstream.operators.SwarmTopology")
        .because("the topology wires the functions and is known by none of them")
        .check(code);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .assignedFrom(ONE_PER_PACKAGE)
        .should()
        .beFreeOfCycles()
        .because("a package that can be read by itself can be understood by itself")
        .check(code);
  }

  private static final SliceAssignment ONE_PER_PACKAGE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };
}
