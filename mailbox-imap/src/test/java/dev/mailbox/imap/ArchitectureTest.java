// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mailbox.imap");

  @Test
  void packagesAreNullMarked() {
    assertThat(CLASSES.getPackage("dev.mailbox.imap").getSubpackagesInTree())
        .filteredOn(inner -> !inner.getClasses().isEmpty())
        .hasSizeGreaterThan(5)
        .allMatch(inner -> inner.isAnnotatedWith(NullMarked.class));
  }

  /** From the grammar up to the remote, each package knows only those below it. */
  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.mailbox.imap.internal.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void libraryPrintsNothing() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void noMethodIsSynchronized() {
    methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
  }

  @Test
  void imapKnowsNoDatabaseAndOnlyTheDoorOfTheStore() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.sqlite..", "dev.mailbox.store.internal..")
        .check(CLASSES);
    noClasses()
        .that()
        .doNotHaveSimpleName("ImapMailboxProvider")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.mailbox.store")
        .check(CLASSES);
  }

  @Test
  void onlyTheProviderIsPublic() {
    classes()
        .that()
        .resideInAPackage("dev.mailbox.imap")
        .and()
        .arePublic()
        .should()
        .haveSimpleName("ImapMailboxProvider")
        .check(CLASSES);
  }

  @Test
  void wireFailuresAreTranslatedInOnePlace() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Failures")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.mailbox.wire.UnreachableException")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.mailbox.wire.TlsFailedException")
        .check(CLASSES);
  }

  @Test
  void classesAreFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .areTopLevelClasses()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }
}
