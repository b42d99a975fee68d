package dev.midstream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house of this module: which room may know which. */
class HouseTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages(
              "dev.midstream.midi",
              "dev.midstream.analysis",
              "dev.midstream.simd",
              "dev.midstream.source",
              "dev.midstream.buckets",
              "dev.midstream.transforms");

  private static void check(ArchRule rule) {
    // A room that is still empty keeps the rules.
    rule.allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void theHouseIsLookedAt() {
    assertThat(CLASSES.size(), is(greaterThan(40)));
  }

  @Test
  void musicKnowsNeitherBeamNorDatabase() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.midstream.midi..", "dev.midstream.analysis..", "dev.midstream.simd..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache..",
                "java.sql..",
                "javax.sql..",
                "org.postgresql..",
                "com.zaxxer..",
                "org.flywaydb.."));
  }

  @Test
  void everyRoomKnowsOnlyTheRoomsBelow() {
    mayKnow("midi", "simd");
    mayKnow("simd");
    mayKnow("analysis", "midi", "simd");
    mayKnow("source", "midi");
    mayKnow("buckets", "midi", "source");
    mayKnow("transforms", "midi", "analysis", "simd", "source", "buckets");
  }

  private static void mayKnow(String room, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(room), Stream.of(others))
            .map(name -> "dev.midstream." + name + "..")
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.midstream." + room + "..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.midstream..").and(not(resideInAnyPackage(allowed)))));
  }

  @Test
  void vectorTypesStayInTheirRoom() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.midstream.simd..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.."));
  }

  @Test
  void noRoomsKnowEachOtherInACircle() {
    check(slices().matching("dev.midstream.(*)..").should().beFreeOfCycles());
  }

  @Test
  void everyRoomSaysWhatItIs() throws IOException {
    Path sources =
        Path.of(System.getProperty("midstream.testdata"))
            .resolveSibling("transforms/src/main/java/dev/midstream");
    try (Stream<Path> rooms = Files.list(sources)) {
      List<Path> silent =
          rooms.filter(room -> !Files.exists(room.resolve("package-info.java"))).toList();
      assertThat(silent, is(empty()));
    }
  }
}
