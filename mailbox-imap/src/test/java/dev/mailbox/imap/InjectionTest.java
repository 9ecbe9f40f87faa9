// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.search.Query;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ImapFolder;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.imap.ImapValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text that a user gives, or that came in a mail, is never a command: either it is refused before
 * anything is sent, or the server understands the commands that were meant, with exactly this text
 * in them.
 */
class InjectionTest {
  private static final String HARMLESS = "harmless";

  private static final Set<String> ENTERING =
      Set.of("NOOP", "UNSELECT", "SELECT \"INBOX\"", "EXAMINE \"INBOX\"");

  private static final List<String> HOSTILE =
      List.of(
          "a\r\nx LOGOUT",
          "a\nx DELETE INBOX",
          "a\rx DELETE INBOX",
          "a\"\r\nx DELETE \"INBOX",
          "\r\n",
          "\n",
          "\r",
          "\0",
          "a\0b",
          "\"",
          "\"\"",
          "a\"b",
          "\" \"",
          "\\",
          "\\\\",
          "a\\",
          "\\\"",
          "a\\\"b",
          "{5}",
          "{5+}",
          "a{5}",
          "{5}\r\nhello",
          "{5+}\r\nhello",
          "~{3}",
          ")",
          "(",
          ") x",
          "() (\\Deleted)",
          "*",
          "%",
          "a*b%c",
          "1:*",
          "]",
          "[",
          "BODY[]",
          "&",
          "&-",
          "&AOk-",
          "a & b",
          "NIL",
          "nil",
          "INBOX",
          "\u00e9",
          "\u00fc\u00f6\u00e4\u00df",
          "\u2603",
          "\ud83d\ude00",
          "\ud83d",
          "\ude00",
          "a\ud83d",
          "\u0080\u009f",
          "\u007f",
          "\u0001\u001b[31m",
          "\t",
          "\u2028\u2029\u0085",
          "\ufeff",
          "\ufffe\uffff",
          " ",
          " a",
          "a ",
          "a  b",
          "",
          "+",
          "\\Seen",
          "OR ALL",
          "ALL) (x",
          "a,b;c:d",
          "#shared",
          "../../etc",
          "a/b",
          "a.b",
          "x".repeat(300),
          "\"".repeat(200),
          "\u00e9".repeat(200),
          "x".repeat(5000),
          "\u2603".repeat(20_000));

  @TempDir Path directory;
  private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final FakeAccount alice = CommonServer.alice(server);
  private final ImapFolder inbox = alice.inbox().imap();

  @AfterEach
  void close() {
    server.close();
  }

  private MailboxConfig.Builder config() {
    return MailboxConfig.at(server.imapUrl())
        .tls(TlsMode.NONE)
        .login("alice", "secret")
        .timeouts(Account.TIMEOUTS);
  }

  /** What takes a text and may send it. */
  enum Door {
    CREATE("CREATE", (m, text) -> m.createFolder(FolderPath.of(text))),
    CREATE_BELOW("CREATE", (m, text) -> m.createFolder(FolderPath.of("Base", text))),
    RENAME("RENAME", InjectionTest::rename),
    APPEND_FLAG("APPEND", InjectionTest::append),
    KEYWORD("UID STORE", (m, text) -> Account.message(m, "message").mark(Flag.keyword(text))),
    FROM("UID SEARCH", (m, text) -> search(m, Query.from(text))),
    TO("UID SEARCH", (m, text) -> search(m, Query.to(text))),
    SUBJECT("UID SEARCH", (m, text) -> search(m, Query.subject(text))),
    HEADER_NAME("UID SEARCH", (m, text) -> search(m, Query.header(text, "x"))),
    HEADER_VALUE("UID SEARCH", (m, text) -> search(m, Query.header("X-Test", text))),
    TEXT("UID SEARCH", (m, text) -> search(m, Query.text(text))),
    NOT("UID SEARCH", (m, text) -> search(m, Query.not(Query.subject(text)))),
    OR("UID SEARCH", (m, text) -> search(m, Query.subject(text).or(Query.text(text)))),
    FLAGGED("UID SEARCH", (m, text) -> search(m, Query.flagged(Flag.keyword(text))));

    private final String command;

    @SuppressWarnings("ImmutableEnumChecker")
    private final BiConsumer<Mailbox, String> way;

    Door(String command, BiConsumer<Mailbox, String> way) {
      this.command = command;
      this.way = way;
    }

    boolean isAboutFolders() {
      return this == CREATE || this == CREATE_BELOW || this == RENAME;
    }

    boolean searches() {
      return command.equals("UID SEARCH");
    }
  }

  private static void search(Mailbox mailbox, Query query) {
    assertThat(mailbox.inbox().search(query).size()).isNotNegative();
  }

  private static void rename(Mailbox mailbox, String text) {
    mailbox.folder(FolderPath.of("Base")).orElseThrow().rename(FolderPath.of(text));
  }

  private static void append(Mailbox mailbox, String text) {
    mailbox
        .inbox()
        .append(
            new ByteArrayInputStream(Account.raw("appended", "text\r\n")),
            Instant.EPOCH,
            Set.of(Flag.keyword(text)));
  }

  @ParameterizedTest
  @EnumSource
  void textStaysText(Door door) {
    inbox.deliver(Account.raw("message", "text\r\n"));
    FakeFolder unused = alice.folder("Base");
    // In memory each search asks the server; hits would be fetched, which is beside the point.
    imap.on("UID SEARCH").reply("* SEARCH");
    MailboxConfig.Builder config = door.searches() ? config() : config().keepIn(directory);
    try (Mailbox mailbox = Mailbox.open(config.build())) {
      mailbox.sync();
      if (door == Door.KEYWORD) {
        assertThat(Account.message(mailbox, "message")).isNotNull();
      }
      List<String> meant = shape(sent(mailbox, door, HARMLESS));
      assertThat(meant).contains(door.command);
      for (String text : HOSTILE) {
        List<ImapCommand> sent = sent(mailbox, door, text);
        requireHarmless(door, text, sent, meant);
      }
    }
  }

  private List<ImapCommand> sent(Mailbox mailbox, Door door, String text) {
    int before = imap.commands().size();
    try {
      door.way.accept(mailbox, text);
    } catch (IllegalArgumentException | RejectedException e) {
      assertThat(e.getMessage()).isNotNull();
    } catch (MailboxException e) {
      throw new AssertionError(door + " of <" + text + ">", e);
    }
    List<ImapCommand> all = imap.commands();
    undo(mailbox);
    return all.subList(before, all.size());
  }

  /** Puts things back, so that each text finds the same. */
  private void undo(Mailbox mailbox) {
    if (alice.folders().contains("Base")
        && alice.folders().size() == 2
        && inbox.messages().size() == 1) {
      return;
    }
    for (String name : alice.folders()) {
      if (!name.equals("INBOX") && alice.folders().contains(name)) {
        alice.deleteFolder(name);
      }
    }
    for (String name : alice.folders()) {
      if (!name.equals("INBOX")) {
        alice.deleteFolder(name);
      }
    }
    FakeFolder unused = alice.folder("Base");
    inbox.uids().stream().skip(1).forEach(uid -> inbox.expunge(uid));
    try {
      mailbox.sync();
    } catch (ConnectionException e) {
      // The server ends a session whose folder is gone.
      mailbox.sync();
    }
  }

  /** Without what only takes the session to where it may be already. */
  private static List<String> shape(List<ImapCommand> commands) {
    return commands.stream()
        .filter(c -> !ENTERING.contains(c.text()))
        .map(ImapCommand::name)
        .toList();
  }

  private static void requireHarmless(
      Door door, String text, List<ImapCommand> sent, List<String> meant) {
    String what = door + " of <" + text + ">: " + sent;
    assertThat(sent).as(what).allMatch(c -> c.problem().isEmpty());
    List<ImapCommand> carrying = sent.stream().filter(c -> c.name().equals(door.command)).toList();
    assertThat(meant).as(what).containsAll(shape(sent));
    assertThat(shape(sent).size()).as(what).isLessThanOrEqualTo(meant.size());
    for (ImapCommand command : carrying) {
      requireCarried(door, text, command, what);
    }
  }

  /** Each string of the command is the text itself, or was there with a harmless one too. */
  private static void requireCarried(Door door, String text, ImapCommand command, String what) {
    List<String> strings = new ArrayList<>();
    command.arguments().forEach(argument -> collect(argument, strings));
    if (door.isAboutFolders()) {
      String wire = encoded(text);
      Predicate<String> isName =
          name -> name.equals(wire) || name.equals("Base/" + wire) || name.equals("Base");
      assertThat(strings).as(what).allMatch(isName);
      return;
    }
    String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    Predicate<String> isKnown =
        string -> utf8.contains(string) || string.equals("X-Test") || string.equals("x");
    if (door.searches()) {
      assertThat(strings).as(what).allMatch(isKnown);
    } else {
      assertThat(command.text()).as(what).contains("(" + text + ")");
    }
  }

  private static void collect(ImapValue value, List<String> strings) {
    if (value instanceof ImapValue.Listed list) {
      list.items().forEach(item -> collect(item, strings));
    } else if (value instanceof ImapValue.Quoted || value instanceof ImapValue.Literal) {
      strings.add(value.text());
    }
  }

  /** Modified UTF-7 (RFC 3501 section 5.1.3), written a second time so that no error hides. */
  private static String encoded(String name) {
    StringBuilder wire = new StringBuilder();
    StringBuilder shifted = new StringBuilder();
    for (char each : (name + "\0").toCharArray()) {
      if (each < ' ' || each > '~') {
        shifted.append(each == 0 ? "" : each);
      }
      if ((each >= ' ' && each <= '~') || each == 0) {
        if (!shifted.isEmpty()) {
          byte[] bytes = shifted.toString().getBytes(StandardCharsets.UTF_16BE);
          String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
          wire.append('&').append(base64.replace('/', ',')).append('-');
          shifted.setLength(0);
        }
        wire.append(each == '&' ? "&-" : each == 0 ? "" : String.valueOf(each));
      }
    }
    return wire.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SASL-IR", "none", "AUTH=PLAIN", "AUTH=LOGIN"})
  void credentialsStayCredentials(String way) {
    String greeting =
        switch (way) {
          case "SASL-IR" -> "IMAP4rev1 SASL-IR AUTH=PLAIN";
          case "none" -> "IMAP4rev1";
          default -> "IMAP4rev1 LOGINDISABLED " + way;
        };
    imap.on("CONNECT").replyRaw("* OK [CAPABILITY " + greeting + "] hello\r\n");
    if (way.equals("none")) {
      imap.without("SASL-IR");
    }
    for (String text : HOSTILE) {
      for (boolean isUser : List.of(true, false)) {
        requireLoggedIn(isUser ? text : "alice", isUser ? "secret" : text);
      }
    }
  }

  private void requireLoggedIn(String user, String password) {
    int before = imap.commands().size();
    try {
      FakeAccount unused = server.user(user, password);
      try (Mailbox mailbox = Mailbox.open(config().login(user, password).build())) {
        assertThat(mailbox.check().messages()).hasValue(0);
      }
    } catch (IllegalArgumentException | AuthenticationException e) {
      assertThat(e.getMessage()).doesNotContain("\r").doesNotContain("\n");
    }
    List<ImapCommand> sent = imap.commands().subList(before, imap.commands().size());
    String what = "<" + user + "> <" + password + ">: " + sent;
    assertThat(sent).as(what).allMatch(c -> c.problem().isEmpty());
    assertThat(List.of("CAPABILITY", "LOGIN", "AUTHENTICATE", "ID", "LOGOUT"))
        .as(what)
        .containsAll(shape(sent));
  }

  @Test
  void thereAreEnoughPairs() {
    assertThat(HOSTILE).doesNotHaveDuplicates().hasSizeGreaterThan(40);
    assertThat(HOSTILE.size() * (Door.values().length + 8)).isGreaterThan(1000);
  }
}
