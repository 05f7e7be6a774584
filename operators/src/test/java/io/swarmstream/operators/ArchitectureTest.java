package io.swarmstream.operators;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final ArchRule MESSAGES =
      noClasses()
          .that()
          .resideInAPackage("io.swarmstream.operators.messages")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.swarmstream.operators..")
                  .and(resideOutsideOfPackage("io.swarmstream.operators.messages")));

  private static final ArchRule TOPOLOGY =
      noClasses()
          .that()
          .haveNameNotMatching("io.swarmstream.operators.SwarmTopology(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.swarmstream.operators.SwarmTopology");

  private static final ArchRule PHASES =
      noClasses()
          .that()
          .haveNameNotMatching("io.swarmstream.operators.coordination.RoundState(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.swarmstream.operators.coordination.RoundState$Phase");

  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("operators")
        .mayImport("schemas", "merge")
        .mayUse(Library.FLINK)
        .and("messages lie below all functions", MESSAGES)
        .and("only RoundState looks at the phase of a round", PHASES)
        .and("no function knows the topology", TOPOLOGY)
        .tests();
  }
}
