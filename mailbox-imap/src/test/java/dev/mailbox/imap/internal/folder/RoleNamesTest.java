// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleNamesTest {
  /** Roles of folders, each written as its path, or its path, a colon and its attributes. */
  private static Map<String, FolderRole> roles(String... folders) {
    List<RoleNames.Listed> listed = Arrays.stream(folders).map(RoleNamesTest::listed).toList();
    return RoleNames.assign(listed).entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().toString(), Map.Entry::getValue));
  }

  private static RoleNames.Listed listed(String folder) {
    String[] parts = folder.split(":", 2);
    Set<String> attributes = parts.length < 2 ? Set.of() : Set.of(parts[1].split(" "));
    return new RoleNames.Listed(FolderPath.parse(parts[0]), attributes);
  }

  @ParameterizedTest
  @CsvSource({
    "\\all,ALL",
    "\\allmail,ALL",
    "\\archive,ARCHIVE",
    "\\drafts,DRAFTS",
    "\\flagged,FLAGGED",
    "\\starred,FLAGGED",
    "\\junk,JUNK",
    "\\spam,JUNK",
    "\\sent,SENT",
    "\\trash,TRASH",
  })
  void serverSaysWhatFoldersAreFor(String attribute, FolderRole role) {
    assertThat(roles("INBOX", "a/b/c:\\hasnochildren " + attribute, "Other"))
        .containsOnly(entry("a/b/c", role));
  }

  @Test
  void namesDoNotCountWhereTheServerSays() {
    assertThat(roles("Sent", "Post:\\sent", "Trash", "Drafts"))
        .containsOnly(entry("Post", FolderRole.SENT));
  }

  @Test
  void otherAttributesSayNothing() {
    assertThat(roles("Sent:\\hasnochildren \\marked", "Work:\\important"))
        .containsOnly(entry("Sent", FolderRole.SENT));
  }

  @Test
  void eachRoleIsGivenOnce() {
    assertThat(roles("One:\\sent", "Two:\\sent")).containsOnly(entry("One", FolderRole.SENT));
    assertThat(roles("Sent Items", "Sent", "Gesendet"))
        .containsOnly(entry("Sent", FolderRole.SENT));
  }

  @Test
  void eachFolderHasOneRole() {
    assertThat(roles("Both:\\trash \\junk")).containsOnly(entry("Both", FolderRole.JUNK));
  }

  @ParameterizedTest
  @CsvSource({
    "Sent,SENT",
    "SENT MESSAGES,SENT",
    "Gesendete Objekte,SENT",
    "Отправленные,SENT",
    "ОТПРАВЛЕННЫЕ,SENT",
    "Entwürfe,DRAFTS",
    "下書き,DRAFTS",
    "Papierkorb,TRASH",
    "Gelöschte Elemente,TRASH",
    "Deleted Items,TRASH",
    "Junk E-Mail,JUNK",
    "Spam,JUNK",
    "Archives,ARCHIVE",
    "INBOX/Sent,SENT",
  })
  void namesTellWhereTheServerDoesNot(String path, FolderRole role) {
    assertThat(roles("INBOX", path, "Work")).containsOnly(entry(path, role));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INBOX", "Work/Sent", "INBOX/Work/Sent", "Sent2", "Unsent", "Work", "a/Spam"})
  void otherFoldersHaveNoRole(String path) {
    assertThat(roles(path)).isEmpty();
  }

  @Test
  void foldersOnTopGoBeforeThoseBelowTheInbox() {
    assertThat(roles("Sent", "INBOX/Sent")).containsOnly(entry("Sent", FolderRole.SENT));
    assertThat(roles("INBOX/Sent", "Sent")).containsOnly(entry("Sent", FolderRole.SENT));
  }

  @Test
  void accountHasAllItsRoles() {
    assertThat(roles("INBOX", "Drafts", "Sent", "Trash", "Junk", "Archive", "Lists/Java"))
        .containsOnly(
            entry("Drafts", FolderRole.DRAFTS),
            entry("Sent", FolderRole.SENT),
            entry("Trash", FolderRole.TRASH),
            entry("Junk", FolderRole.JUNK),
            entry("Archive", FolderRole.ARCHIVE));
  }

  @Test
  void noFolderHasNoRole() {
    assertThat(roles()).isEmpty();
  }
}
