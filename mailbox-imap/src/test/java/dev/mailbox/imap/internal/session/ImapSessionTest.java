// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import static dev.mailbox.testkit.script.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.ScriptedWire;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.testkit.script.ConnectionHandler;
import dev.mailbox.testkit.script.Script;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.PeerClosedException;
import dev.mailbox.wire.WireException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImapSessionTest {
  private final SessionTestSupport support = new SessionTestSupport();

  @AfterEach
  void close() {
    support.close();
  }

  private ImapSession greeted(ConnectionHandler handler) throws WireException {
    return support.greeted(handler);
  }

  /** A server that says these lines in answer to the one command; {@code TAG} is its tag. */
  private ImapSession answering(String... lines) throws WireException {
    return greeted(SessionTestSupport.answering(lines));
  }

  @Test
  void greetingIsRead() throws WireException {
    ScriptedWire wire = support.wire(script().sendLine("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] hi"));
    try (ImapSession session = new ImapSession(wire.connection())) {
      Status greeting = session.connect();

      assertThat(greeting.kind()).isEqualTo(Status.Kind.PREAUTH);
      assertThat(session.greeting()).isEqualTo(greeting);
      assertThat(session.capabilities().names()).containsExactly("IMAP4REV1", "IDLE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+OK POP3 ready", "* HELLO", "220 smtp", "", "*", "a1 OK hi", "* (x)"})
  void whatIsNoGreetingIsRefused(String line) {
    ScriptedWire wire = support.wire(script().sendLine(line));
    try (ImapSession session = new ImapSession(wire.connection())) {
      assertThatThrownBy(session::connect).isInstanceOf(GarbledReplyException.class);
      assertThat(session.isOpen()).isFalse();
    }
  }

  @Test
  void statusOfACommandIsItsResult() throws WireException {
    ImapSession session = answering("* FLAGS (x)", "TAG NO [INUSE] later");

    assertThat(session.run(new Probe("NOOP")))
        .isEqualTo(new Status(Status.Kind.NO, "INUSE", "", "later"));
    assertThat(session.isQuiet()).isTrue();
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void tagsAreNeverUsedTwice() throws WireException {
    ImapSession session =
        greeted(SessionTestSupport.repeat(3, c -> c.sendLine(tag(c.readLine()) + " OK")));
    session.run(new Probe("NOOP"));
    session.run(new Probe("NOOP"));
    session.run(new Probe("NOOP"));

    List<String> tags = support.received().stream().map(ImapSessionTest::tag).toList();
    assertThat(tags).doesNotHaveDuplicates().allMatch(tag -> tag.matches("[A-Z]{5}[0-9]+"));
  }

  private static String tag(String line) {
    return SessionTestSupport.tag(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XXXXX1 OK not yours",
        "OK",
        "TAGx OK",
        "TAG",
        "TAG MAYBE",
        "TAG PREAUTHOR",
        "+ go ahead",
        "+",
        "",
        "*",
        "* ",
        "* 99999999999999999999 EXISTS",
        "* 1",
        "(",
      })
  void whatNobodyCanBeToldClosesTheConnection(String line) throws WireException {
    ImapSession session = answering(line);

    assertThatThrownBy(() -> session.run(new Probe("NOOP")))
        .isInstanceOf(GarbledReplyException.class);
    assertThat(session.isOpen()).isFalse();
  }

  @Test
  void commandIsAnsweredOnce() throws WireException {
    ImapSession session = answering("TAG OK", "TAG OK");
    session.run(new Probe("NOOP"));

    assertThatThrownBy(session::readNews).isInstanceOf(GarbledReplyException.class);
  }

  @Test
  void serverThatHangsUpIsADisconnection() throws WireException {
    ImapSession session = answering("* OK wait");

    assertThatThrownBy(() -> session.run(new Probe("NOOP")))
        .isInstanceOf(PeerClosedException.class);
  }

  @Test
  void byeInsteadOfAnAnswerTellsWhy() throws WireException {
    ImapSession session = answering("* BYE [UNAVAILABLE] shutting \u0007down");

    assertThatThrownBy(() -> session.run(new Probe("NOOP")))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.TEMPORARY);
              assertThat(e).hasMessageEndingWith("[UNAVAILABLE] shutting ?down");
              assertThat(e.transcript()).isNotEmpty();
            });
    assertThat(session.isOpen()).isFalse();
  }

  @Test
  void byeInTheMiddleOfDataTellsWhy() throws WireException {
    ImapSession session = answering("* 1 FETCH (UID 1)", "* BYE Autologout");
    Probe probe = new Probe("NOOP").takingFetches();

    assertThatThrownBy(() -> session.run(probe))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED))
        .hasMessageContaining("Autologout");
    assertThat(probe.told()).containsExactly("fetch 1");
  }

  @Test
  void byeWhileNothingIsAskedTellsWhy() throws WireException {
    ImapSession session = greeted(script().sendLine("* BYE Autologout; idle for too long"));

    assertThatThrownBy(session::readNews)
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("idle for too long");
  }

  @Test
  void byeInsteadOfAGoAheadTellsWhy() throws WireException {
    ImapSession session = answering("* BYE Too much");

    assertThatThrownBy(() -> session.run(new Probe("X").withLiteral("abc")))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("Too much");
  }

  @Test
  void byeIsExpectedWhenLeaving() throws WireException {
    ImapSession session = answering("* BYE see you", "TAG OK");
    session.leaving();

    assertThat(session.run(new Probe("LOGOUT")).isOk()).isTrue();
  }

  @Test
  void capabilitiesComeAsCodeAndAsResponse() throws WireException {
    ImapSession session = answering("* CAPABILITY IMAP4rev1 move", "TAG OK");
    assertThat(session.capabilities().known()).isFalse();
    session.run(new Probe("CAPABILITY"));
    assertThat(session.capabilities().names()).containsExactly("IMAP4REV1", "MOVE");

    session.forgetCapabilities();
    assertThat(session.capabilities()).isEqualTo(Capabilities.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TAG OK [CAPABILITY IMAP4rev1 IDLE] logged in",
        "* OK [capability IMAP4rev1 IDLE] hello\r\nTAG OK",
        "* CAPABILITY IMAP4rev1 IDLE\r\nTAG NO",
      })
  void newestCapabilitiesCount(String lines) throws WireException {
    ImapSession session = answering("* CAPABILITY STARTTLS", lines);
    session.run(new Probe("NOOP"));

    assertThat(session.capabilities().names()).containsExactly("IMAP4REV1", "IDLE");
  }

  @Test
  void messagesAreCounted() throws WireException {
    ImapSession session =
        answering("* 7 EXISTS", "* 2 RECENT", "* 3 EXPUNGE", "* 3 expunge", "TAG OK");
    Selected folder = new Selected("INBOX", false, 1, 8, Optional.of(Set.of()));
    session.selected(folder, 5);
    session.run(new Probe("NOOP"));

    assertThat(folder.exists()).isEqualTo(5);
    assertThat(session.selected()).contains(folder);
    assertThat(session.news()).isEqualTo(3);
  }

  @Test
  void countNeverFallsBelowNone() throws WireException {
    ImapSession session = answering("* 1 EXPUNGE", "TAG OK");
    session.selected(new Selected("INBOX", false, 1, 8, Optional.empty()), 0);
    session.run(new Probe("NOOP"));

    assertThat(session.selected().orElseThrow().exists()).isZero();
  }

  @Test
  void fetchThatNobodyAskedForIsNews() throws WireException {
    ImapSession session = answering("* 1 FETCH (FLAGS (\\Seen) BODY[] {3}\r\nabc)", "TAG OK");
    session.run(new Probe("NOOP"));

    assertThat(session.news()).isEqualTo(1);
  }

  @Test
  void fetchThatWasAskedForIsNoNews() throws WireException {
    ImapSession session = answering("* 12 FETCH (UID 3)", "TAG OK");
    Probe probe = new Probe("NOOP").takingFetches();
    session.run(probe);

    assertThat(session.news()).isZero();
    assertThat(probe.told()).containsExactly("fetch 12", "OK");
  }

  @Test
  void commandIsToldWhatIsUntagged() throws WireException {
    ImapSession session =
        answering("* MINE some words", "* OTHER ({2}\r\n)) \"x\"", "* NO [ALERT] hot", "TAG OK");
    Probe probe = new Probe("NOOP");
    session.run(probe);

    assertThat(probe.told()).containsExactly("MINE some words", "noted ALERT", "OK");
  }

  @Test
  void closedSessionCannotBeUsed() throws WireException {
    ImapSession session = greeted(Script.script().stall());
    session.close();

    assertThat(session.isOpen()).isFalse();
    assertThatThrownBy(() -> session.run(new Probe("NOOP"))).isInstanceOf(WireException.class);
  }
}
