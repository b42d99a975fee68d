package dev.midstream.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing lower imports anything higher, and composing is all that the graph does. */
@Timeout(60)
class ArchitectureTest {
  private static JavaClasses all;
  private static JavaClasses ours;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.midstream");
    ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.midstream.pipeline", "dev.midstream.postgres");
  }

  @Test
  void nothingHereKnowsHowItIsStarted() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.midstream.runners..",
            "org.apache.beam.runners..",
            "org.apache.flink..",
            "io.zonky..")
        .check(ours);
  }

  @Test
  void whatHappensToAFileKnowsNothingOfTheGraphAndItsEnds() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.midstream.pipeline..", "dev.midstream.postgres..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.midstream.pipeline..", "dev.midstream.postgres..", "java.sql..", "javax.sql..")
        .check(all);
  }

  @Test
  void theDatabaseDoesNotKnowTheGraph() {
    noClasses()
        .that()
        .resideInAPackage("dev.midstream.postgres..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.midstream.pipeline..")
        .check(ours);
  }

  @Test
  void theGraphDoesNotKnowTheDriver() {
    noClasses()
        .that()
        .resideInAPackage("dev.midstream.pipeline..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "org.postgresql..",
            "com.zaxxer..",
            "org.flywaydb..",
            "org.apache.beam.sdk.io.jdbc..")
        .check(ours);
  }

  @Test
  void theGraphHoldsNoStepOfItsOwn() {
    classes()
        .that()
        .resideInAPackage("dev.midstream.pipeline..")
        .should()
        .notBeAssignableTo("org.apache.beam.sdk.transforms.DoFn")
        .andShould()
        .notBeAssignableTo("org.apache.beam.sdk.transforms.PTransform")
        .check(ours);
  }
}
