// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNamesTest {
  private static final FolderNames SLASH = FolderNames.of('/', "");
  private static final FolderNames COURIER = FolderNames.of('.', "INBOX.");
  private static final FolderNames PREFIXED = FolderNames.of('/', "Mail/");
  private static final FolderNames FLAT = FolderNames.flat();

  private static void assertBoth(FolderNames names, String name, FolderPath path) {
    assertThat(names.path(name)).contains(path);
    assertThat(names.name(path)).isEqualTo(name);
  }

  private static void assertImpossible(FolderNames names, FolderPath path) {
    assertThatThrownBy(() -> names.name(path))
        .asInstanceOf(InstanceOfAssertFactories.type(RejectedException.class))
        .returns(Reason.IMPOSSIBLE, RejectedException::reason)
        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
        .contains(path.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "INBOX, INBOX",
    "INBOX/Work, INBOX/Work",
    "Work, Work",
    "Work/2024/July, Work/2024/July",
    "Entw&APw-rfe/R&-D, Entwürfe/R&D",
    "a.b, a.b",
    "a\\b, a\\\\b",
    "Inboxes, Inboxes",
    "x/Inbox, x/Inbox",
  })
  void mapsLevels(String name, String path) {
    assertBoth(SLASH, name, FolderPath.parse(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INBOX", "inbox", "Inbox", "iNbOx"})
  void inboxIsInboxInAnyCase(String name) {
    for (FolderNames names : List.of(SLASH, COURIER, PREFIXED, FLAT)) {
      assertThat(names.path(name)).contains(FolderPath.INBOX);
      assertThat(names.name(FolderPath.INBOX)).isEqualTo("INBOX");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INBOX, INBOX",
    "INBOX.Work, Work",
    "INBOX.Work.2024, Work/2024",
    "INBOX.INBOX.x, INBOX/x",
    "INBOX.a/b, a\\/b",
    "INBOX.Entw&APw-rfe, Entwürfe",
    "INBOX.INBOX, .INBOX/INBOX",
    "shared, .shared",
    "shared.Team.Plans, .shared/Team/Plans",
    "#news.comp, .#news/comp",
    "&ANw-, .Ü",
  })
  void theUsersOwnFoldersAreShownWithoutPrefix(String name, String path) {
    assertBoth(COURIER, name, FolderPath.parse(path));
  }

  @ParameterizedTest
  @CsvSource({
    "Mail/Work, Work",
    "INBOX/Work, INBOX/Work",
    "Mail/INBOX/Work, \\/Mail/INBOX/Work",
    "Mail/INBOX, \\/Mail/INBOX",
    "Mail, \\/Mail",
    "Mailing, \\/Mailing",
    "public/x, \\/public/x",
  })
  void aPrefixBesideTheInboxKeepsItsChildren(String name, String path) {
    assertBoth(PREFIXED, name, FolderPath.parse(path));
  }

  @Test
  void foldersOutsideThePrefixDoNotClash() {
    assertThat(COURIER.path("INBOX.shared.x")).contains(FolderPath.of("shared", "x"));
    assertThat(COURIER.path("shared.x")).contains(FolderPath.of(".shared", "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a//b", "/a", "a/", "INBOX/", "a\rb", "a\u0000", "a\uFFFDb"})
  void leavesOutWhatIsNoPath(String name) {
    assertThat(SLASH.path(name)).isEmpty();
    assertThat(SLASH.knowing(List.of(name)).path(name)).isEmpty();
  }

  @Test
  void leavesOutWhatIsTooLong() {
    assertThat(SLASH.path("x".repeat(255))).isPresent();
    assertThat(SLASH.path("x".repeat(256))).isEmpty();
    assertThat(COURIER.path("INBOX.")).isEmpty();
    assertThat(COURIER.path("INBOX..x")).isEmpty();
  }

  @Test
  void refusesWhatTheServerCannotHave() {
    assertImpossible(SLASH, FolderPath.of("a/b"));
    assertImpossible(SLASH, FolderPath.of("INBOX", "/"));
    assertImpossible(SLASH, FolderPath.of("/a"));
    assertImpossible(COURIER, FolderPath.of("a.b"));
    assertImpossible(COURIER, FolderPath.of("."));
    assertImpossible(COURIER, FolderPath.of("..a"));
    assertImpossible(COURIER, FolderPath.of(".INBOX"));
    assertImpossible(COURIER, FolderPath.of(".INBOX", "Work"));
    assertImpossible(COURIER, FolderPath.of("Work", ".x"));
    assertImpossible(PREFIXED, FolderPath.of("/INBOX", "x"));
    assertImpossible(PREFIXED, FolderPath.of("/Mail", "x"));
    assertImpossible(FLAT, FolderPath.of("a", "b"));
    assertImpossible(FLAT, FolderPath.of("INBOX", "b"));

    assertImpossible(FolderNames.of('-', ""), FolderPath.of("ö"));
  }

  @Test
  void withoutHierarchyEverythingIsAName() {
    assertBoth(FLAT, "a/b.c", FolderPath.of("a/b.c"));
    assertBoth(FLAT, "INBOX/b", FolderPath.of("INBOX/b"));
    assertBoth(FLAT, "&APY-", FolderPath.of("ö"));
  }

  @Test
  void oddlyWrittenNamesAreLeftOutUntilKnown() {
    for (String odd : List.of("Entwürfe", "R&D", "&AGE-", "Inbox/x")) {
      assertThat(SLASH.path(odd)).as(odd).isEmpty();
    }
    FolderNames names = SLASH.knowing(List.of("Entwürfe", "R&D", "&AGE-", "Inbox/x", "INBOX"));
    assertBoth(names, "Entwürfe", FolderPath.of("Entwürfe"));
    assertBoth(names, "R&D", FolderPath.of("R&D"));
    assertBoth(names, "&AGE-", FolderPath.of("a"));
    assertBoth(names, "Inbox/x", FolderPath.of("INBOX", "x"));
    assertBoth(names, "INBOX/y", FolderPath.of("INBOX", "y"));
    assertBoth(names, "R&D/&APY-", FolderPath.of("R&D", "ö"));
    assertThat(names.path("R&-D")).isEmpty();
  }

  @Test
  void oddlyWrittenNamesYieldToRightOnes() {
    List<String> listed = List.of("R&D/a", "R&D", "R&-D", "Entw&APw-rfe/x", "Entwürfe", "inbox");
    FolderNames names = SLASH.knowing(listed);
    assertBoth(names, "R&-D", FolderPath.of("R&D"));
    assertBoth(names, "R&D/a", FolderPath.of("R&D", "a"));
    assertBoth(names, "Entw&APw-rfe/x", FolderPath.of("Entwürfe", "x"));
    assertThat(names.path("R&D")).isEmpty();
    assertThat(names.path("Entwürfe")).isEmpty();
    assertThat(names.path("inbox")).contains(FolderPath.INBOX);
  }

  @Test
  void ofSeveralOddNamesOneHasThePath() {
    FolderNames names = SLASH.knowing(List.of("Inbox/x", "InBox/x", "inbox/x"));
    assertThat(names.name(FolderPath.of("INBOX", "x"))).isEqualTo("InBox/x");
    assertThat(names.path("inbox/x")).isEmpty();
  }

  @Test
  void prefixInAnotherCaseIsKnown() {
    FolderNames names = COURIER.knowing(List.of("Inbox.Work"));
    assertBoth(names, "Inbox.Work", FolderPath.of("Work"));
  }

  @Test
  void namesAndPathsAreOneToOne() {
    String[] parts = {"INBOX", "Inbox", "Mail", "a", "ö", "&", "&APY-", "&-", ".", "/", "-", "é&"};
    Random random = new Random(15);
    for (FolderNames plain : List.of(SLASH, COURIER, PREFIXED, FLAT)) {
      Map<FolderPath, String> seen = new HashMap<>();
      List<String> listed = random.ints(400, 0, 1 << 20).mapToObj(i -> name(parts, i)).toList();
      FolderNames names = plain.knowing(listed);
      for (String name : listed) {
        if (!name.equalsIgnoreCase("INBOX")) {
          names
              .path(name)
              .ifPresent(
                  path -> {
                    assertThat(names.name(path)).isEqualTo(name);
                    assertThat(seen.merge(path, name, (a, b) -> a.equals(b) ? a : a + " and " + b))
                        .isEqualTo(name);
                  });
        }
      }
      assertThat(seen).hasSizeGreaterThan(40);
    }
  }

  /** One to five parts, chosen by the number. */
  private static String name(String[] parts, int number) {
    StringBuilder name = new StringBuilder();
    for (int rest = number; rest > 0; rest /= parts.length + 4) {
      name.append(parts[rest % parts.length]);
    }
    return name.toString();
  }
}
