// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.ServerId;
import dev.mailbox.search.Query;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.mail.Fixture;
import dev.mailbox.testkit.mail.MailFixtures;
import jakarta.mail.Flags;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Angus Mail and this library look at the same account of a Dovecot, and have to see the same:
 * bytes, UIDs, flags, dates of arrival, sizes, folders and what they are for. Where they may
 * differ, a rule here says so.
 */
class SecondOpinionTest {
  private static final String DEEP = "Work/Projets/2026";
  private static final String GREETINGS = "Grüße/日本語";
  private static final List<String> DATES =
      List.of(
          "01-Jan-1970 00:00:01 +0000",
          "17-Jul-1996 02:44:25 -0700",
          "31-Dec-1999 23:59:59 +1400",
          "29-Feb-2024 12:00:00 +0545",
          " 5-Jan-2026 10:00:00 -0330",
          "28-Mar-2026 01:59:59 +0100",
          "19-Jan-2038 03:14:08 +0000");
  private static final Map<String, FolderRole> ROLES =
      Map.of(
          "\\all", FolderRole.ALL,
          "\\archive", FolderRole.ARCHIVE,
          "\\drafts", FolderRole.DRAFTS,
          "\\flagged", FolderRole.FLAGGED,
          "\\junk", FolderRole.JUNK,
          "\\sent", FolderRole.SENT,
          "\\trash", FolderRole.TRASH);

  private static DovecotServer server;
  @TempDir Path directory;
  private TestAccount account;
  private AngusClient angus;
  private Mailbox mailbox;

  @BeforeAll
  static void start() {
    server = DovecotServer.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open(TestInfo test) {
    account = new TestAccount(server, test.getTestMethod().orElseThrow().getName());
    angus = account.angus();
    mailbox =
        Mailbox.open(
            account
                .config(directory.resolve("store"))
                .scope(SyncScope.everything().bodies(BodyPolicy.all()))
                .build());
    fill();
  }

  @AfterEach
  void close() {
    mailbox.close();
    angus.close();
  }

  /** Some seventy messages, put there by the other client and past both. */
  private void fill() {
    for (Fixture fixture : Fixture.values()) {
      account.inbox().deliver(fixture.raw());
    }
    for (String name :
        List.of(DEEP, GREETINGS, "A & B", "Archive", "Sent", "Drafts", "Trash", "Junk")) {
      angus.create(name);
    }
    int number = 0;
    for (Fixture fixture : Fixture.canonical()) {
      String date = DATES.get(number++ % DATES.size());
      angus.append(number % 2 == 0 ? DEEP : GREETINGS, fixture.raw(), date, flags(number));
    }
    byte[] twin = MailFixtures.mail("twin").messageId("<twin@example.org>").build();
    for (int i = 0; i < 3; i++) {
      angus.append("A & B", twin, DATES.get(i), flags(i));
    }
    for (String name : List.of("Archive", "Sent", "Drafts", "Trash", "Junk")) {
      angus.append(name, mail(name + " one"), DATES.get(1), "\\Seen");
      angus.append(name, mail(name + " two"), DATES.get(2), "\\Draft", "Label-" + name);
    }
  }

  private static String[] flags(int number) {
    List<String> flags = new ArrayList<>();
    if (number % 2 == 0) {
      flags.add("\\Seen");
    }
    if (number % 3 == 0) {
      flags.add("$Forwarded");
      flags.add("\\Answered");
    }
    if (number % 5 == 0) {
      flags.add("\\Flagged");
      flags.add("a/b:c.d#" + number % 10);
    }
    return flags.toArray(String[]::new);
  }

  private static byte[] mail(String subject) {
    return MailFixtures.mail(subject).messageId("<" + subject.hashCode() + "@x>").build();
  }

  @Test
  void everythingIsSeenAlike() {
    assertThat(sync().problems()).isEmpty();
    assertAgreement();
    assertThat(mailbox.search(Query.all()).size()).isGreaterThan(50);
  }

  @Test
  void whatIsDoneHereTheOtherSees() {
    sync();
    Folder inbox = mailbox.inbox();
    Folder deep = folder(DEEP);
    List<Message> messages = inbox.newest(7);
    assertThat(messages.get(0).mark(Flag.SEEN, Flag.FLAGGED, Flag.keyword("Done-1")))
        .isEqualTo(Outcome.ON_SERVER);
    messages.get(1).mark(Flag.ANSWERED);
    deep.newest(2).forEach(m -> m.unmark(Flag.SEEN, Flag.FORWARDED));
    messages.get(2).moveTo(path(GREETINGS));
    messages.get(3).copyTo(path("A & B"));
    messages.get(4).delete();
    messages.get(5).trash();
    mailbox.createFolder(path("Neu/Größe & Länge"));
    messages.get(6).moveTo(path("Neu/Größe & Länge"));
    append(deep, "appended", "1996-07-17T09:44:25Z", Set.of(Flag.DRAFT, Flag.keyword("Mine")));
    folder("Work/Projets/2026").rename(path("Work/Projekte"));
    folder("A & B").rename(path("日本/A & B"));
    folder("Archive").delete();
    assertAgreement();
    sync();
    assertAgreement();
    assertThat(mailbox.failedActions()).isEmpty();
  }

  @Test
  void whatTheOtherDoesIsSeenAfterASync() {
    sync();
    Map<Long, MessageId> ids = ids("INBOX");
    List<Seen> before = angus.read("INBOX");
    angus.flag("INBOX", before.get(0).uid(), true, flags("\\Seen", "Thing"));
    angus.flag(DEEP, angus.read(DEEP).get(1).uid(), false, flags("\\Seen", "$Forwarded"));
    angus.move("INBOX", before.get(2).uid(), "Sent");
    angus.copy("INBOX", before.get(3).uid(), GREETINGS);
    angus.flag("INBOX", before.get(4).uid(), true, flags("\\Deleted"));
    angus.expunge("INBOX");
    angus.append("Drafts", mail("a new one"), DATES.get(3), "\\Flagged");
    angus.rename(DEEP, "Umbenannt");
    angus.remove("A & B");
    account.inbox().deliver(mail("past both"));
    account.inbox().remove(account.inbox().messages().get(0).id());
    sync();
    assertAgreement();
    Map<Long, MessageId> now = ids("INBOX");
    assertThat(now.entrySet().stream().filter(e -> ids.containsKey(e.getKey())))
        .allSatisfy(e -> assertThat(e.getValue()).isEqualTo(ids.get(e.getKey())));
  }

  /** Rule: what another program has marked as deleted is shown without the mark, and stays. */
  @Test
  void whatOthersHaveMarkedAsDeletedIsShownAndNeverExpunged() {
    angus.flag("INBOX", angus.read("INBOX").get(3).uid(), true, flags("\\Deleted"));
    SyncReport first = sync();
    assertAgreement();
    assertThat(first.outOfScope()).isZero();
    angus.flag(DEEP, angus.read(DEEP).get(2).uid(), true, flags("\\Deleted"));
    SyncReport second = sync();
    assertAgreement();
    assertThat(second.outOfScope()).isZero();
    mailbox.inbox().newest(1).get(0).delete();
    assertThat(angus.read("INBOX").get(3).flags()).contains("\\deleted");
    angus.flag("INBOX", angus.read("INBOX").get(3).uid(), false, flags("\\Deleted"));
    sync();
    assertAgreement();
  }

  /** A synchronization of everything leaves two folders out, which are asked for by name. */
  private SyncReport sync() {
    SyncReport report = mailbox.sync();
    return SyncReport.builder()
        .add(report)
        .add(folder("Trash").sync())
        .add(folder("Junk").sync())
        .build();
  }

  private void assertAgreement() {
    Map<String, Set<String>> folders = angus.folders();
    Map<String, Optional<FolderRole>> expected = new TreeMap<>();
    folders.forEach((name, attributes) -> expected.put(name, role(name, attributes)));
    Map<String, Optional<FolderRole>> actual = new TreeMap<>();
    mailbox.folders().forEach(folder -> actual.put(name(folder.path()), folder.role()));
    assertThat(actual).isEqualTo(expected);
    for (String name : folders.keySet()) {
      assertThat(read(name))
          .as(name)
          .containsExactlyElementsOf(angus.read(name).stream().map(Seen::withoutMark).toList());
    }
  }

  private static Optional<FolderRole> role(String name, Set<String> attributes) {
    return name.equals("INBOX")
        ? Optional.of(FolderRole.INBOX)
        : attributes.stream().filter(ROLES::containsKey).map(ROLES::get).findFirst();
  }

  private List<Seen> read(String name) {
    return folder(name).newest(1000).stream()
        .map(SecondOpinionTest::seen)
        .sorted(Comparator.comparingLong(Seen::uid))
        .toList();
  }

  private static Seen seen(Message message) {
    return new Seen(
        uid(message),
        message.flags().stream()
            .map(flag -> flag.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        message.receivedAt().truncatedTo(ChronoUnit.SECONDS),
        message.sizeInBytes(),
        Seen.hash(TestAccount.raw(message)));
  }

  private static long uid(Message message) {
    return ((ServerId.ImapUid) message.serverId().orElseThrow()).uid();
  }

  private Map<Long, MessageId> ids(String name) {
    return folder(name).newest(1000).stream()
        .collect(Collectors.toMap(SecondOpinionTest::uid, Message::id));
  }

  private static void append(Folder folder, String subject, String receivedAt, Set<Flag> flags) {
    folder.append(new ByteArrayInputStream(mail(subject)), Instant.parse(receivedAt), flags);
  }

  private Folder folder(String name) {
    return mailbox.folder(path(name)).orElseThrow(() -> new IllegalStateException(name));
  }

  private static FolderPath path(String name) {
    return new FolderPath(List.of(name.split("/", -1)));
  }

  private static String name(FolderPath path) {
    return String.join("/", path.segments());
  }

  private static Flags flags(String... names) {
    Flags flags = new Flags();
    for (String name : names) {
      switch (name) {
        case "\\Seen" -> flags.add(Flags.Flag.SEEN);
        case "\\Deleted" -> flags.add(Flags.Flag.DELETED);
        default -> flags.add(name);
      }
    }
    return flags;
  }
}
