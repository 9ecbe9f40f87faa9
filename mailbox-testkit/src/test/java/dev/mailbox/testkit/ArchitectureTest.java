// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(
    packages = "dev.mailbox.testkit",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Set<String> VOCABULARY =
      Set.of(
          "dev.mailbox.testkit.mail",
          "dev.mailbox.testkit.imap",
          "dev.mailbox.testkit.fault",
          "dev.mailbox.testkit.script");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.mailbox.testkit.(**)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule internalsKnowOnlyTheVocabularyOfTheApi =
      noClasses()
          .that()
          .resideInAPackage("..internal..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are servers, extensions or contracts",
                  (JavaClass c) ->
                      c.getPackageName().startsWith("dev.mailbox.testkit")
                          && !c.getPackageName().contains(".internal")
                          && !VOCABULARY.contains(c.getPackageName())));

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule sharesNoCodeWithClients =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.mailbox.wire..",
              "dev.mailbox.pop3..",
              "dev.mailbox.imap..",
              "dev.mailbox.store..");

  @ArchTest
  static final ArchRule greenMailStaysBehindTheFacade =
      noClasses()
          .that()
          .resideOutsideOfPackage("..internal.greenmail..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.icegreen..");

  /**
   * The contracts read the API, in which a message can be had as a Jakarta one, and the mailbox in
   * memory implements it; text is searched.
   */
  @ArchTest
  static final ArchRule jakartaMailIsForFewPackages =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..internal.greenmail..", "..internal.mime..", "..internal.memory..", "..contract..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.mail..");

  @ArchTest
  static void packagesAreNullMarked(JavaClasses classes) {
    assertThat(classes.stream().map(JavaClass::getPackage).distinct())
        .isNotEmpty()
        .allMatch(p -> p.isAnnotatedWith("org.jspecify.annotations.NullMarked"));
  }

  @ArchTest
  static void noMethodIsSynchronized(JavaClasses classes) {
    assertThat(classes.stream().flatMap(c -> c.getMethods().stream()))
        .noneMatch(m -> m.getModifiers().contains(JavaModifier.SYNCHRONIZED));
  }
}
