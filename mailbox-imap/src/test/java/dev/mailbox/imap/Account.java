// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.search.Query;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ImapFolder;
import dev.mailbox.testkit.ImapMessage;
import dev.mailbox.testkit.imap.ImapCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A server in memory, and a mailbox with a store on disk that is opened for each step, so that what
 * counts is what was kept. All bodies are downloaded unless a test says otherwise.
 */
final class Account implements AutoCloseable {
  static final Timeouts TIMEOUTS = Timeouts.all(Duration.ofSeconds(20));

  private final FakeMailServer server = CommonServer.start();
  private final FakeAccount alice = CommonServer.alice(server);
  private final Path store;
  private UnaryOperator<MailboxConfig.Builder> options = config -> config;
  private int delivered;

  Account(Path store) {
    this.store = store;
  }

  FakeMailServer server() {
    return server;
  }

  FakeImap imap() {
    return server.imap();
  }

  /** Whose the account is. */
  FakeAccount alice() {
    return alice;
  }

  /** Lets the server know another password. */
  void password(String another) {
    FakeAccount unused = server.user(alice.name(), another);
  }

  /** The inbox of the server. */
  ImapFolder inbox() {
    return folder("INBOX");
  }

  /** A folder of the server, whether it is there or not. */
  ImapFolder folder(String name) {
    return alice.existing(name).imap();
  }

  /** Makes a folder on the server. */
  ImapFolder createFolder(String name) {
    return alice.folder(name).imap();
  }

  /** Changes the configuration of all that follows. */
  Account with(UnaryOperator<MailboxConfig.Builder> change) {
    UnaryOperator<MailboxConfig.Builder> before = options;
    options = config -> change.apply(before.apply(config));
    return this;
  }

  Account withTimeout(Duration timeout) {
    return with(config -> config.timeouts(Timeouts.all(timeout)));
  }

  Account onlyHeaders() {
    return with(config -> config.scope(SyncScope.everything()));
  }

  MailboxConfig.Builder config() {
    return options.apply(
        MailboxConfig.at(server.imapUrl())
            .tls(TlsMode.NONE)
            .login("alice", "secret")
            .keepIn(store)
            .scope(SyncScope.everything().bodies(BodyPolicy.all()))
            .timeouts(TIMEOUTS));
  }

  static byte[] raw(String subject, String body) {
    String text =
        "Message-ID: <"
            + subject.replace(' ', '.')
            + "@example.org>\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\n"
            + "From: Bob <bob@example.org>\r\nSubject: "
            + subject
            + "\r\n\r\n"
            + body;
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Puts a message into a folder of the server and returns its UID. */
  long deliver(String folder, String subject) {
    return folder(folder).deliver(raw(subject, "text of " + subject + "\r\n"));
  }

  /** Puts so many different messages into the inbox of the server. */
  Account deliver(int count) {
    for (int i = 0; i < count; i++) {
      deliver("INBOX", "message " + ++delivered);
    }
    return this;
  }

  /** Does something in the mailbox, opened anew. */
  <T> T in(Function<Mailbox, T> work) {
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      return work.apply(mailbox);
    }
  }

  void using(Consumer<Mailbox> work) {
    String unused =
        in(
            mailbox -> {
              work.accept(mailbox);
              return "";
            });
  }

  SyncReport sync() {
    return in(Mailbox::sync);
  }

  /** Does something that must fail, and says how. */
  <E extends MailboxException> E failing(Class<E> type, Consumer<Mailbox> work) {
    List<Throwable> thrown = new ArrayList<>();
    using(
        mailbox -> {
          try {
            work.accept(mailbox);
          } catch (MailboxException e) {
            thrown.add(e);
          }
        });
    assertThat(thrown).hasSize(1).first().isInstanceOf(type);
    return type.cast(thrown.get(0));
  }

  <E extends MailboxException> E failingSync(Class<E> type) {
    return failing(type, Mailbox::sync);
  }

  /** Does something that may fail, but only as the API says. */
  void trying(Consumer<Mailbox> work) {
    using(mailbox -> trying(work, mailbox));
  }

  void trying(Consumer<Mailbox> work, Mailbox mailbox) {
    try {
      work.accept(mailbox);
    } catch (MailboxException e) {
      assertThat(e.getMessage()).doesNotContain("secret");
    }
  }

  /** The only message with that subject, wherever it is. */
  static Message message(Mailbox mailbox, String subject) {
    List<Message> found = mailbox.search(Query.all().localOnly()).stream().toList();
    return found.stream()
        .filter(m -> m.envelope().subject().equals(subject))
        .reduce(
            (first, second) -> {
              throw new AssertionError("twice: " + subject);
            })
        .orElseThrow(() -> new AssertionError("no " + subject + " among " + found.size()));
  }

  static List<Message> messages(Folder folder) {
    return folder.search(Query.all().localOnly()).stream().toList();
  }

  static String text(Message message) {
    try (InputStream in = message.openRaw()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server holds and no one marked as deleted, of each folder, sorted. */
  Map<String, List<String>> held() {
    return held(m -> !m.flags().contains("\\Deleted"));
  }

  /** Of each folder, each message's bytes behind its flags. */
  private Map<String, List<String>> held(Predicate<ImapMessage> which) {
    Map<String, List<String>> held = new TreeMap<>();
    for (String name : alice.folders()) {
      held.put(
          name,
          folder(name).messages().stream().filter(which).map(Account::line).sorted().toList());
    }
    return held;
  }

  private static String line(ImapMessage message) {
    return message.flags().stream().filter(f -> !f.equals("\\Deleted")).sorted().toList()
        + new String(message.raw(), StandardCharsets.ISO_8859_1);
  }

  /** What the copy holds, written alike. */
  static Map<String, List<String>> copied(Mailbox mailbox) {
    Map<String, List<String>> copied = new TreeMap<>();
    for (Folder folder : mailbox.folders()) {
      copied.put(
          folder.path().toString(),
          messages(folder).stream()
              .map(m -> m.flags().stream().map(f -> f.name()).sorted().toList() + text(m))
              .sorted()
              .toList());
    }
    return copied;
  }

  /** Synchronizes with the server, which must be honest, until the copy is equal to it. */
  void endsInStep() {
    using(
        mailbox -> {
          SyncReport report = mailbox.sync();
          assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
          mailbox.sync();
          assertThat(report.problems()).isEmpty();
          // What is only marked is there, unless the server cannot remove one message alone.
          boolean expunges = mailbox.check().capabilities().contains("UIDPLUS");
          assertThat(copied(mailbox)).isEqualTo(expunges ? held(m -> true) : held());
          assertThat(mailbox.verify().damaged()).isEmpty();
        });
    expungedOnly();
  }

  /**
   * Fails if a client has sent anything by which messages go that were not named, or named others
   * than these.
   */
  void expungedOnly(Long... uids) {
    Set<String> allowed = new HashSet<>();
    for (Long uid : uids) {
      allowed.add(String.valueOf(uid));
    }
    for (ImapCommand command : imap().commands()) {
      assertThat(command.name()).isNotIn("EXPUNGE", "CLOSE", "STORE", "COPY", "MOVE");
      boolean deletes =
          command.name().equals("UID EXPUNGE")
              || (command.name().equals("UID STORE") && command.text().contains("\\Deleted"));
      if (deletes && uids.length > 0) {
        assertThat(allowed).contains(command.argument(0));
      }
    }
  }

  Folder folder(Mailbox mailbox, String path) {
    return mailbox.folder(FolderPath.parse(path)).orElseThrow();
  }

  /** Also looks whether all that was scripted has happened, and the protocol was kept. */
  void verified() {
    server.verify();
  }

  @Override
  public void close() {
    server.close();
  }
}
