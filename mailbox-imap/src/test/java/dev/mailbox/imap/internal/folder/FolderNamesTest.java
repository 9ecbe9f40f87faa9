// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNamesTest {
  private static final FolderNames PLAIN = new FolderNames("", "/");
  private static final FolderNames BELOW_INBOX = new FolderNames("INBOX.", ".");
  private static final FolderNames PREFIXED = new FolderNames("mail/", "/");
  private static final FolderNames FLAT = new FolderNames("", "");

  private static FolderNames names(String kind) {
    return switch (kind) {
      case "plain" -> PLAIN;
      case "below" -> BELOW_INBOX;
      case "prefixed" -> PREFIXED;
      default -> FLAT;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "plain,INBOX,INBOX",
    "plain,Work,Work",
    "plain,Work/2024/Q1,Work/2024/Q1",
    "plain,INBOX/Sub,INBOX/Sub",
    "plain,a.b,a.b",
    "plain,INBOXES,INBOXES",
    "plain,Entwürfe/Été,Entw&APw-rfe/&AMk-t&AOk-",
    "plain,R&D,R&-D",
    "plain,\uD83D\uDE00,&2D3eAA-",
    "plain,a b\"c*%,a b\"c*%",
    "below,INBOX,INBOX",
    "below,Work,INBOX.Work",
    "below,Work/2024,INBOX.Work.2024",
    "below,Été,INBOX.&AMk-t&AOk-",
    "below,INBOXES,INBOX.INBOXES",
    "prefixed,INBOX,INBOX",
    "prefixed,Work/2024,mail/Work/2024",
    "prefixed,INBOX/Sub,INBOX/Sub",
    "flat,INBOX,INBOX",
    "flat,a.b,a.b",
    "flat,Été,&AMk-t&AOk-",
  })
  void nameAndPathBelongTogether(String kind, String path, String name) {
    assertThat(names(kind).name(FolderPath.parse(path))).isEqualTo(name);
    assertThat(names(kind).path(name)).contains(FolderPath.parse(path));
  }

  @ParameterizedTest
  @CsvSource({
    "plain,inbox,INBOX",
    "plain,Inbox/Sub,INBOX/Sub",
    "below,inbox,INBOX",
    "below,inbox.Work,Work",
    "below,InBox.Work.2024,Work/2024",
    "prefixed,iNBOX,INBOX",
    "flat,inbox,INBOX",
  })
  void inboxIsWrittenInAnyCase(String kind, String name, String path) {
    assertThat(names(kind).path(name)).contains(FolderPath.parse(path));
  }

  @Test
  void serverMaySendUtf8() {
    assertThat(PLAIN.path("Entwürfe")).contains(FolderPath.of("Entwürfe"));
    assertThat(BELOW_INBOX.path("INBOX.Entwürfe")).contains(FolderPath.of("Entwürfe"));
  }

  @ParameterizedTest
  @CsvSource({
    "plain,''",
    "plain,/",
    "plain,/Work",
    "plain,Work/",
    "plain,Work//Sub",
    "plain,be\u0007ll",
    "plain,&AAc-",
    "plain,&AA0ACg-",
    "below,''",
    "below,INBOX.",
    "below,Shared",
    "below,Shared.Work",
    "below,INBOX.INBOX",
    "below,INBOX.inbox",
    "below,INBOX.INBOX.Work",
    "below,INBOX..Work",
    "prefixed,''",
    "prefixed,mail/",
    "prefixed,Shared/Work",
    "prefixed,Mail/Work",
    "prefixed,mail/INBOX",
    "prefixed,mail/INBOX/Work",
  })
  void whatCannotBeNamedHereHasNoPath(String kind, String name) {
    assertThat(names(kind).path(name)).isEmpty();
  }

  /** What would be written in another way than the server did is not what the server has. */
  @ParameterizedTest
  @ValueSource(strings = {"&AGEAYg-", "&ACY-", "&APw-&APw-", "R&D", "a&", "&2AA-", "x&AGE-"})
  void nameThatWouldBeWrittenInAnotherWayHasNoPath(String name) {
    assertThat(PLAIN.path(name)).isEmpty();
    assertThat(BELOW_INBOX.path("INBOX." + name)).isEmpty();
    assertThat(FLAT.path(name)).isEmpty();
  }

  @Test
  void longNamesHaveNoPath() {
    assertThat(PLAIN.path("x".repeat(255))).isPresent();
    assertThat(PLAIN.path("x".repeat(256))).isEmpty();
  }

  private static void assertImpossible(FolderNames names, FolderPath path) {
    assertThatThrownBy(() -> names.name(path))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMPOSSIBLE));
  }

  @Test
  void segmentCannotHoldTheDelimiter() {
    assertImpossible(PLAIN, FolderPath.of("a/b"));
    assertImpossible(BELOW_INBOX, FolderPath.of("Work", "a.b"));
    assertThat(BELOW_INBOX.name(FolderPath.of("a/b"))).isEqualTo("INBOX.a/b");
    assertThat(FLAT.name(FolderPath.of("a/b"))).isEqualTo("a/b");
  }

  @Test
  void withoutHierarchyThereAreNoFoldersBelowOthers() {
    assertImpossible(FLAT, FolderPath.of("Work", "2024"));
  }

  @Test
  void foldersBelowTheInboxAreThereOnce() {
    assertImpossible(BELOW_INBOX, FolderPath.of("INBOX", "Work"));
  }

  @Test
  void halfACharacterCannotBeSent() {
    assertImpossible(PLAIN, FolderPath.of("a\uD83D"));
    assertImpossible(PLAIN, FolderPath.of("Work", "\uDE00\uD83D"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "below", "prefixed", "flat"})
  void pathsThatCanBeWrittenAreReadAgain(String kind) {
    FolderNames names = names(kind);
    Random random = new Random(kind.hashCode());
    int written = 0;
    for (int round = 0; round < 20_000; round++) {
      FolderPath path = randomPath(random);
      Optional<String> name = tryName(names, path);
      if (name.isPresent()) {
        written++;
        assertThat(name.get().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        assertThat(names.path(name.get())).as(name.get()).contains(path);
      }
    }
    assertThat(written).isGreaterThan(2_000);
  }

  private static Optional<String> tryName(FolderNames names, FolderPath path) {
    try {
      return Optional.of(names.name(path));
    } catch (RejectedException e) {
      return Optional.empty();
    }
  }

  private static FolderPath randomPath(Random random) {
    List<String> pieces =
        List.of("a", "B", " ", "&", "-", ".", "/", ",", "ü", "漢", "\uD83D\uDE00", "INBOX", "inbox");
    List<String> segments = new ArrayList<>();
    for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
      StringBuilder segment = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        segment.append(pieces.get(random.nextInt(pieces.size())));
      }
      segments.add(segment.toString());
    }
    return new FolderPath(segments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "below", "prefixed", "flat"})
  void namesThatAreReadAreWrittenAgain(String kind) {
    FolderNames names = names(kind);
    Random random = new Random(kind.hashCode() + 1);
    String pool = "aB.&-/,+ MInbox";
    List<String> prefixes = List.of("", "INBOX", "INBOX.", "INBOX/", "mail/", "&AMk-", "&AGE-");
    for (int round = 0; round < 20_000; round++) {
      StringBuilder name = new StringBuilder(prefixes.get(random.nextInt(prefixes.size())));
      for (int length = random.nextInt(6); length > 0; length--) {
        name.append(pool.charAt(random.nextInt(pool.length())));
      }
      names
          .path(name.toString())
          .ifPresent(path -> assertThat(names.name(path)).isEqualToIgnoringCase(name.toString()));
    }
  }
}
