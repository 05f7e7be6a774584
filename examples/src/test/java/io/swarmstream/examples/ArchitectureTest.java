package io.swarmstream.examples;

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
  private static final ArchRule TRAINER =
      noClasses()
          .that()
          .resideInAPackage("io.swarmstream.examples.digits")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.swarmstream..")
                  .and(resideOutsideOfPackage("io.swarmstream.examples.digits")));

  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("examples")
        .mayImport("site", "schemas", "clients")
        .mayUseIn(Library.ND4J, "examples.digits")
        .and("a trainer knows its model and its data only", TRAINER)
        .tests();
  }
}
