// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.imap.internal.folder.RoleNames.Listed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoleNamesTest {
  private static Listed folder(String path, String... attributes) {
    return new Listed(FolderPath.parse(path), Set.of(attributes));
  }

  private static Map<String, FolderRole> roles(Listed... folders) {
    Map<String, FolderRole> roles = new HashMap<>();
    RoleNames.assign(List.of(folders)).forEach((path, role) -> roles.put(path.toString(), role));
    return roles;
  }

  @Test
  void serversTellRoles() {
    assertThat(
            roles(
                folder("INBOX", "\\HasNoChildren"),
                folder("[Gmail]", "\\Noselect", "\\HasChildren"),
                folder("[Gmail]/Alle Nachrichten", "\\All", "\\HasNoChildren"),
                folder("[Gmail]/Entwürfe", "\\Drafts"),
                folder("[Gmail]/Gesendet", "\\Sent"),
                folder("[Gmail]/Markiert", "\\Flagged"),
                folder("[Gmail]/Papierkorb", "\\Trash"),
                folder("[Gmail]/Spam", "\\Junk"),
                folder("[Gmail]/Wichtig", "\\Important"),
                folder("Ablage", "\\ARCHIVE")))
        .isEqualTo(
            Map.of(
                "INBOX", FolderRole.INBOX,
                "[Gmail]/Alle Nachrichten", FolderRole.ALL,
                "[Gmail]/Entwürfe", FolderRole.DRAFTS,
                "[Gmail]/Gesendet", FolderRole.SENT,
                "[Gmail]/Markiert", FolderRole.FLAGGED,
                "[Gmail]/Papierkorb", FolderRole.TRASH,
                "[Gmail]/Spam", FolderRole.JUNK,
                "Ablage", FolderRole.ARCHIVE));
  }

  @Test
  void xlistIsUnderstood() {
    assertThat(
            roles(
                folder("INBOX", "\\Inbox"),
                folder("Posteingang", "\\Inbox"),
                folder("a", "\\AllMail"),
                folder("b", "\\Spam"),
                folder("c", "\\Starred"),
                folder("d", "\\Important")))
        .isEqualTo(
            Map.of(
                "INBOX", FolderRole.INBOX,
                "a", FolderRole.ALL,
                "b", FolderRole.JUNK,
                "c", FolderRole.FLAGGED));
  }

  @Test
  void namesDoNotCountWhereTheServerTells() {
    assertThat(roles(folder("Sent"), folder("Trash"), folder("Mülleimer", "\\Trash")))
        .isEqualTo(Map.of("Mülleimer", FolderRole.TRASH));
  }

  @Test
  void namesCountWhereTheServerSaysNothing() {
    assertThat(
            roles(
                folder("INBOX", "\\Unmarked"),
                folder("INBOX/Sent Messages"),
                folder("Deleted Items", "\\HasNoChildren"),
                folder("Work/Drafts"),
                folder("Work/Old/Junk"),
                folder("All Mail"),
                folder("Starred")))
        .isEqualTo(
            Map.of(
                "INBOX", FolderRole.INBOX,
                "INBOX/Sent Messages", FolderRole.SENT,
                "Deleted Items", FolderRole.TRASH));
  }

  @ParameterizedTest
  @CsvSource({
    "sent, SENT",
    "SENT-MAIL, SENT",
    "sent_items, SENT",
    "Gesendete Elemente, SENT",
    "gesendete objekte, SENT",
    "Éléments envoyés, SENT",
    "E\u0301le\u0301ments envoye\u0301s, SENT",
    "Отправленные, SENT",
    "已发送, SENT",
    "送信済みメール, SENT",
    "Entwürfe, DRAFTS",
    "下書き, DRAFTS",
    "Koš, TRASH",
    "Удаленные, TRASH",
    "Удалённые, TRASH",
    "ゴミ箱, TRASH",
    "Silinmiş Öğeler, TRASH",
    "Junk-E-Mail, JUNK",
    "Courrier indésirable, JUNK",
    "Wiadomości-śmieci, JUNK",
    "İstenmeyen, JUNK",
    "휴지통, TRASH",
    "Archiv, ARCHIVE",
    "Αρχειοθήκη, ARCHIVE",
  })
  void usualNamesAreKnown(String name, FolderRole role) {
    assertThat(RoleNames.assign(List.of(new Listed(FolderPath.of(name), Set.of()))))
        .isEqualTo(Map.of(FolderPath.of(name), role));
  }

  @ParameterizedTest
  @CsvSource({
    "Work",
    "Senta",
    "Sent Mail 2019",
    "Drafts.",
    "Inbox2",
    "ß",
    "-",
    "Postausgang",
    "Kos"
  })
  void otherNamesAreNot(String name) {
    assertThat(RoleNames.assign(List.of(new Listed(FolderPath.of(name), Set.of())))).isEmpty();
  }

  @Test
  void theMoreUsualNameWins() {
    assertThat(roles(folder("Gesendet"), folder("Sent Items"), folder("INBOX/Sent")))
        .isEqualTo(Map.of("INBOX/Sent", FolderRole.SENT));
  }

  @Test
  void theFolderNearerToTheTopWins() {
    assertThat(roles(folder("INBOX/Trash"), folder("trash")))
        .isEqualTo(Map.of("trash", FolderRole.TRASH));
    assertThat(roles(folder("a/b", "\\Sent"), folder("z", "\\Sent")))
        .isEqualTo(Map.of("z", FolderRole.SENT));
  }

  @Test
  void theOrderOfTheListDoesNotMatter() {
    List<Listed> folders = new ArrayList<>();
    for (String name : new String[] {"TRASH", "Trash", "trash", "Junk", "JUNK", "Spam", "Sent"}) {
      folders.add(folder(name));
    }
    Random random = new Random(14);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(folders, random);
      assertThat(RoleNames.assign(folders))
          .isEqualTo(
              Map.of(
                  FolderPath.of("TRASH"), FolderRole.TRASH,
                  FolderPath.of("JUNK"), FolderRole.JUNK,
                  FolderPath.of("Sent"), FolderRole.SENT));
    }
  }

  @Test
  void aFolderHasOneRole() {
    assertThat(roles(folder("a", "\\Junk", "\\Archive"), folder("b", "\\Junk")))
        .isEqualTo(Map.of("a", FolderRole.ARCHIVE, "b", FolderRole.JUNK));
    assertThat(roles(folder("INBOX", "\\Archive"), folder("INBOX", "\\Inbox")))
        .isEqualTo(Map.of("INBOX", FolderRole.INBOX));
  }

  @Test
  void whatHoldsNoMessagesHasNoRole() {
    assertThat(
            roles(
                folder("Sent", "\\NoSelect"),
                folder("Sent Items"),
                folder("Trash", "\\NonExistent")))
        .isEqualTo(Map.of("Sent Items", FolderRole.SENT));
    assertThat(roles(folder("a", "\\Sent", "\\Noselect"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SENT", "DRAFTS", "TRASH", "JUNK", "ARCHIVE"})
  void eachUsualNameMeansOneThing(FolderRole role) {
    List<String> names = UsualNames.of(role);
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(names.stream().map(UsualNames::fold)).doesNotHaveDuplicates().doesNotContain("");
    for (int rank = 0; rank < names.size(); rank++) {
      assertThat(UsualNames.find(names.get(rank)))
          .as(names.get(rank))
          .contains(new UsualNames.Usual(role, rank));
    }
  }
}
