// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** Which module may know which, and what no module may do. */
@AnalyzeClasses(
    packages = "dev.mailbox",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArrowsTest {
  private static final String STORE = "dev.mailbox.store..";
  private static final String WIRE = "dev.mailbox.wire..";
  private static final String POP3 = "dev.mailbox.pop3..";
  private static final String IMAP = "dev.mailbox.imap..";
  private static final String TESTKIT = "dev.mailbox.testkit..";
  private static final String EXAMPLES = "dev.mailbox.examples..";
  private static final String[] API = {
    "dev.mailbox",
    "dev.mailbox.change..",
    "dev.mailbox.connect..",
    "dev.mailbox.content..",
    "dev.mailbox.delivery..",
    "dev.mailbox.search..",
    "dev.mailbox.spi..",
    "dev.mailbox.sync.."
  };

  @ArchTest
  static final ArchRule apiKnowsNoneOfTheOthers =
      noClasses()
          .that()
          .resideInAnyPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORE, WIRE, POP3, IMAP, TESTKIT, EXAMPLES);

  @ArchTest
  static final ArchRule apiStandsOnTheJdkJSpecifyAndJakartaMail =
      classes()
          .that()
          .resideInAnyPackage(API)
          .should()
          .onlyDependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage(API)
                  .or(
                      JavaClass.Predicates.resideInAnyPackage(
                          "java..", "javax.net..", "org.jspecify..", "jakarta.mail..")));

  @ArchTest
  static final ArchRule wireStandsAlone =
      classes()
          .that()
          .resideInAPackage(WIRE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(WIRE, "java..", "javax.net..", "org.jspecify..", "org.slf4j..");

  @ArchTest
  static final ArchRule storeKnowsNoProtocol =
      noClasses()
          .that()
          .resideInAPackage(STORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WIRE, POP3, IMAP, TESTKIT, EXAMPLES);

  @ArchTest
  static final ArchRule protocolsKnowNoSql =
      noClasses()
          .that()
          .resideInAnyPackage(POP3, IMAP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.sqlite..", "dev.mailbox.store.internal..");

  @ArchTest
  static final ArchRule protocolsKnowNothingOfEachOther =
      noClasses()
          .that()
          .resideInAPackage(POP3)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(IMAP);

  @ArchTest
  static final ArchRule norTheOtherWayRound =
      noClasses()
          .that()
          .resideInAPackage(IMAP)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(POP3);

  @ArchTest
  static final ArchRule sqlIsInOnePlace =
      noClasses()
          .that()
          .resideInAPackage(STORE)
          .and()
          .resideOutsideOfPackage("dev.mailbox.store.internal.db..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.sqlite..");

  @ArchTest
  static final ArchRule testkitSharesNoCodeWithTheClients =
      noClasses()
          .that()
          .resideInAPackage(TESTKIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORE, WIRE, POP3, IMAP, EXAMPLES);

  @ArchTest
  static final ArchRule noCyclesBetweenTheModulesPackages =
      slices()
          .matching("dev.mailbox.(store|wire|pop3|imap|testkit).(**)")
          .should()
          .beFreeOfCycles();

  /** The root package is the vocabulary; those below it may use it, and it them. */
  @ArchTest
  static final ArchRule noCyclesBelowTheApisRoot =
      slices()
          .matching("dev.mailbox.(change|connect|content|search|sync)..")
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingIsSynchronized =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage(EXAMPLES)
          .should()
          .notHaveModifier(JavaModifier.SYNCHRONIZED);

  @ArchTest
  static final ArchRule libraryPrintsNothing =
      noClasses()
          .that()
          .resideOutsideOfPackages(EXAMPLES)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .that()
          .resideInAPackage("dev.mailbox..")
          .should(
              com.tngtech.archunit.lang.conditions.ArchConditions.be(
                  DescribedPredicate.describe(
                      "in a null-marked package",
                      type -> type.getPackage().isAnnotatedWith(NullMarked.class))));
}
