// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.ScriptedWire;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
  /** Searches on a server with these capabilities that answers so; {@code TAG} is the tag. */
  private static UidSet ask(String capabilities, String command, String answer)
      throws WireException {
    try (ScriptedWire wire =
            ScriptedWire.to(
                connection -> {
                  connection.sendLine("* OK [CAPABILITY " + capabilities + "] hello");
                  String line = connection.expectMatching("[A-Z]+1 " + command);
                  connection.sendLine(answer.replace("TAG", line.split(" ", 2)[0]));
                  connection.stall();
                });
        ImapSession session = new ImapSession(wire.connection())) {
      session.connect();
      return Search.ask(session, command.contains("CHARSET"), keys -> keys.keyword("ALL"));
    }
  }

  private static UidSet askNew(String answer) throws WireException {
    return ask("ESEARCH", "UID SEARCH RETURN \\(ALL\\) ALL", answer);
  }

  private static UidSet askOld(String answer) throws WireException {
    return ask("IMAP4rev1", "UID SEARCH ALL", answer);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "* ESEARCH (TAG \"TAG\") UID ALL 1:3&7, '1:3,7'",
        "* ESEARCH UID ALL 5, 5",
        "* ESEARCH (TAG \"TAG\") UID, ''",
        "* ESEARCH, ''",
        "* ESEARCH (TAG \"TAG\") UID MIN 1 ALL 1:3 COUNT 3, 1:3",
        "* esearch UID all 5, 5",
        "* SEARCH 1 2 9, '1:2,9'",
      })
  void setsAreRead(String response, String uids) throws WireException {
    assertThat(askNew(response.replace('&', ',') + "\r\nTAG OK")).hasToString(uids);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "* SEARCH, ''",
        "'* SEARCH ', ''",
        "* SEARCH 9 1 2, '1:2,9'",
        "* SEARCH 4294967295, 4294967295",
        "* SEARCH 1 2 (MODSEQ 917162500), 1:2",
      })
  void listsAreRead(String response, String uids) throws WireException {
    assertThat(askOld(response + "\r\nTAG OK")).hasToString(uids);
  }

  @Test
  void noResponseIsNoHit() throws WireException {
    assertThat(askOld("TAG OK")).isEqualTo(UidSet.empty());
    assertThat(askNew("TAG OK")).isEqualTo(UidSet.empty());
  }

  @Test
  void severalResponsesAreJoined() throws WireException {
    assertThat(askOld("* SEARCH 1\r\n* 3 EXISTS\r\n* SEARCH 2\r\nTAG OK")).hasToString("1:2");
  }

  @Test
  void textIsSaidToBeUtf8() throws WireException {
    assertThat(ask("IMAP4rev1", "UID SEARCH CHARSET UTF-8 ALL", "* SEARCH 1\r\nTAG OK"))
        .hasToString("1");
  }

  @Test
  void refusalIsRejected() {
    assertThatThrownBy(() -> askOld("TAG NO [BADCHARSET (US-ASCII)] no"))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("search");
  }

  /** A hit for each UID that there can be would fill the memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "* ESEARCH UID ALL 1:4294967295",
        "* ESEARCH UID ALL 1:9999999\r\n* ESEARCH UID ALL 20000000:20000001",
        "* ESEARCH UID ALL 0",
        "* ESEARCH UID ALL *",
        "* ESEARCH UID ALL",
        "* SEARCH 0",
        "* SEARCH 4294967296",
      })
  void whatNoFolderHoldsClosesTheConnection(String response) {
    assertThatThrownBy(() -> askNew(response + "\r\nTAG OK"))
        .isInstanceOf(GarbledReplyException.class);
  }
}
