package dev.midstream.runners;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms of the house, and who may enter which: nothing lower imports anything higher. */
class HouseTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.midstream");

  @Test
  void nothingLowerImportsAnythingHigher() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("midi")
        .definedBy("dev.midstream.midi")
        .layer("analysis")
        .definedBy("dev.midstream.analysis")
        .layer("source")
        .definedBy("dev.midstream.source")
        .layer("transforms")
        .definedBy("dev.midstream.transforms")
        .layer("postgres")
        .definedBy("dev.midstream.postgres")
        .layer("pipeline")
        .definedBy("dev.midstream.pipeline")
        .layer("runners")
        .definedBy("dev.midstream.runners")
        .whereLayer("runners")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("pipeline")
        .mayOnlyBeAccessedByLayers("runners")
        .whereLayer("postgres")
        .mayOnlyBeAccessedByLayers("pipeline", "runners")
        .whereLayer("transforms")
        .mayOnlyBeAccessedByLayers("postgres", "pipeline", "runners")
        .check(CLASSES);
  }

  @Test
  void noPackageDependsOnItself() {
    slices().matching("dev.midstream.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
