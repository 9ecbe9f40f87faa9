// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String INTERNAL = "dev.mailbox.imap.internal.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mailbox.imap");

  @Test
  void packagesAreNullMarked() {
    List<JavaPackage> packages = CLASSES.stream().map(c -> c.getPackage()).distinct().toList();

    assertThat(packages).hasSizeGreaterThan(5);
    assertThat(packages).allMatch(p -> p.isAnnotatedWith(NullMarked.class));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.mailbox.imap.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void grammarKnowsTheWireAlone() {
    classes()
        .that()
        .resideInAPackage(INTERNAL + "grammar")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "dev.mailbox.wire", INTERNAL + "grammar")
        .check(CLASSES);
  }

  @Test
  void sessionKnowsTheGrammarAndCommandsTheSession() {
    classes()
        .that()
        .resideInAPackage(INTERNAL + "session")
        .should()
        .onlyDependOnClassesThat(are("session", "grammar"))
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage(INTERNAL + "command")
        .should()
        .onlyDependOnClassesThat(are("command", "session", "grammar"))
        .check(CLASSES);
  }

  /** Classes of these packages, or of other modules. */
  private static DescribedPredicate<JavaClass> are(String... packages) {
    String[] names = Arrays.stream(packages).map(INTERNAL::concat).toArray(String[]::new);
    return resideOutsideOfPackages("dev.mailbox.imap", "dev.mailbox.imap.internal..")
        .or(resideInAnyPackage(names));
  }

  @Test
  void nothingInsideKnowsTheProvider() {
    noClasses()
        .that()
        .resideInAPackage("dev.mailbox.imap.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.mailbox.imap")
        .check(CLASSES);
  }

  @Test
  void internalPackagesAreNotExported() throws URISyntaxException {
    URI classes =
        ImapMailboxProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    ModuleDescriptor module =
        ModuleFinder.of(Path.of(classes)).find("dev.mailbox.imap").orElseThrow().descriptor();

    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactly("dev.mailbox.imap");
    assertThat(module.opens()).isEmpty();
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
        .resideInAnyPackage(
            "java.sql..", "org.sqlite..", "dev.mailbox.store.internal..", "dev.mailbox.pop3..")
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
  void onlyTheProviderIsExported() {
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
