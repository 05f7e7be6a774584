package io.swarmstream.site;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final String[] API = {"io.swarmstream.site", "io.swarmstream.site.training"};

  /** Packages whose types change with the wire format, the Kafka client or the inner workings. */
  private static final List<String> HIDDEN =
      List.of(
          "org.apache.avro.",
          "org.apache.kafka.",
          "org.web3j.",
          "io.swarmstream.schemas.avro.",
          "io.swarmstream.clients.kafka.log.",
          "io.swarmstream.site.internal.");

  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("site")
        .mayImport("schemas", "clients")
        .and("the API shows no wire record and no client's type", apiWithoutHiddenTypes())
        .and("the API's packages have nothing but the API", apiIsMarked())
        .tests();
  }

  private static ArchRule apiWithoutHiddenTypes() {
    return classes()
        .that()
        .resideInAnyPackage(API)
        .and()
        .arePublic()
        .should(showNoHiddenType())
        .because("programs that use the API outlive record versions and clients");
  }

  private static ArchRule apiIsMarked() {
    return classes()
        .that()
        .resideInAnyPackage(API)
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .bePublic()
        .andShould()
        .beAnnotatedWith(PublicApi.class)
        .because("what is not API is in site.internal");
  }

  private static ArchCondition<JavaClass> showNoHiddenType() {
    return new ArchCondition<>("show no hidden type") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<JavaType> parents = new LinkedHashSet<>(type.getInterfaces());
        type.getSuperclass().ifPresent(parents::add);
        parents.forEach(parent -> checkShown(type.getName(), parent, events));
        for (JavaField field : type.getFields()) {
          if (isVisible(field)) {
            checkShown(field.getFullName(), field.getType(), events);
          }
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          if (isVisible(unit)) {
            checkShown(unit.getFullName(), unit.getReturnType(), events);
            unit.getParameterTypes()
                .forEach(taken -> checkShown(unit.getFullName(), taken, events));
            unit.getTypeParameters()
                .forEach(named -> checkShown(unit.getFullName(), named, events));
            unit.getThrowsClause()
                .forEach(thrown -> checkShown(unit.getFullName(), thrown.getRawType(), events));
          }
        }
      }
    };
  }

  private static boolean isVisible(HasModifiers member) {
    return (member.getModifiers().contains(JavaModifier.PUBLIC)
            || member.getModifiers().contains(JavaModifier.PROTECTED))
        && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  /** A type with its arguments, bounds and elements. */
  private static void checkShown(String where, JavaType shown, ConditionEvents events) {
    for (JavaClass raw : shown.getAllInvolvedRawTypes()) {
      if (HIDDEN.stream().anyMatch(raw.getBaseComponentType().getName()::startsWith)) {
        events.add(SimpleConditionEvent.violated(raw, where + " shows " + raw.getName()));
      }
    }
  }
}
