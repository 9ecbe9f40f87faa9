// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
    packages = "dev.mailbox.store",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.mailbox.store.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule sqlIsInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.mailbox.store.internal.db")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql", "javax.sql", "org.sqlite..");

  @ArchTest
  static final ArchRule internalsKnowNothingOfTheMailbox =
      noClasses()
          .that()
          .resideInAPackage("..internal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.mailbox.store");

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule noMethodHoldsAMonitor =
      noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED);

  @ArchTest
  static final ArchRule apiIsSmall =
      classes()
          .that()
          .resideInAPackage("dev.mailbox.store")
          .and()
          .arePublic()
          .should()
          .haveNameMatching(".*\\.StoreMailbox(Provider)?");

  @ArchTest
  static void packagesAreNullMarked(JavaClasses classes) {
    assertThat(classes)
        .extracting(c -> c.getPackage())
        .allMatch(p -> p.isAnnotatedWith(NullMarked.class));
  }

  /** A synchronized block leaves no trace that the rules above could see. */
  @ArchTest
  static void noBlockHoldsAMonitor(JavaClasses classes) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = files.filter(f -> f.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThan(50);
      for (Path source : sources) {
        assertThat(Files.readString(source)).doesNotContain("synchronized (");
      }
    }
  }
}
