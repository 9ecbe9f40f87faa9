// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Message;
import dev.mailbox.content.Address;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.HeaderField;
import dev.mailbox.content.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a list shows of a message, decoded, and the header behind it. */
public interface EnvelopeContract extends ContractSubject {
  @Test
  default void commonFieldsAreDecoded() {
    Envelope envelope =
        envelope(
            Mail.of("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus =?iso-8859-1?B?WvxyaWNo?=")
                .from("=?utf-8?B?SsO8cmdlbg==?= <juergen@example.org>")
                .to("\"Example, Bob\" <bob@example.org>, carol@example.org")
                .field("Cc: =?utf-8?Q?D=C3=A9d=C3=A9?= <dede@example.org>")
                .field("Bcc: eve@example.org")
                .field("Reply-To: answers@example.org")
                .field("Sender: office@example.org")
                .sent("2026-10-31T23:30:00Z"));

    assertThat(envelope.subject()).isEqualTo("Grüße aus Zürich");
    assertThat(envelope.from()).containsExactly(new Address("Jürgen", "juergen@example.org"));
    assertThat(envelope.to())
        .containsExactly(
            new Address("Example, Bob", "bob@example.org"), new Address("", "carol@example.org"));
    assertThat(envelope.cc()).containsExactly(new Address("Dédé", "dede@example.org"));
    assertThat(envelope.bcc()).containsExactly(new Address("", "eve@example.org"));
    assertThat(envelope.replyTo()).containsExactly(new Address("", "answers@example.org"));
    assertThat(envelope.sender()).containsExactly(new Address("", "office@example.org"));
    assertThat(envelope.sentAt()).contains(Instant.parse("2026-10-31T23:30:00Z"));
  }

  @Test
  default void adjacentEncodedWordsAreJoinedAcrossFolds() {
    Envelope envelope = envelope(Mail.of("=?utf-8?Q?Gr=C3=BC?=\n =?utf-8?Q?=C3=9Fe?=\n folded"));

    assertThat(envelope.subject()).isEqualTo("Grüße folded");
  }

  @Test
  default void rawUtf8InAHeaderIsRead() {
    Envelope envelope = envelope(Mail.of("Привет").from("Jürgen <juergen@example.org>"));

    assertThat(envelope.subject()).isEqualTo("Привет");
    assertThat(envelope.from()).containsExactly(new Address("Jürgen", "juergen@example.org"));
  }

  @Test
  default void membersOfGroupsAreAddressesOfTheirOwn() {
    Envelope envelope =
        envelope(Mail.of("group").to("Team: ann@example.org, Bob <bob@example.org>;"));

    assertThat(envelope.to())
        .containsExactly(new Address("", "ann@example.org"), new Address("Bob", "bob@example.org"));
  }

  @Test
  default void addressThatNoGrammarAllowsIsKept() {
    Envelope envelope = envelope(Mail.of("odd").from("Odd <odd..dots.@example.org>"));

    assertThat(envelope.from()).containsExactly(new Address("Odd", "odd..dots.@example.org"));
  }

  @Test
  default void threadFieldsAreListed() {
    Envelope envelope =
        envelope(
            Mail.of("thread")
                .field("In-Reply-To: <b@example.org>")
                .field("References: <a@example.org>\n <b@example.org>"));

    assertThat(envelope.inReplyTo()).containsExactly("<b@example.org>");
    assertThat(envelope.references()).containsExactly("<a@example.org>", "<b@example.org>");
    assertThat(envelope.messageId()).startsWith("<").endsWith("@mail.example.org>");
  }

  @Test
  default void absentFieldsAreEmpty() {
    try (Account account = Account.of(this)) {
      account.deliverRaw("X-Nothing: else\r\n\r\nbody\r\n");

      Envelope envelope = onlyOne(account.synced()).envelope();

      assertThat(envelope.subject()).isEmpty();
      assertThat(envelope.from()).isEmpty();
      assertThat(envelope.to()).isEmpty();
      assertThat(envelope.sentAt()).isEmpty();
      assertThat(envelope.messageId()).isEmpty();
      assertThat(envelope.references()).isEmpty();
    }
  }

  @Test
  default void unreadableDateIsEmpty() {
    try (Account account = Account.of(this)) {
      account.deliverRaw("Date: some day\r\nSubject: when\r\n\r\nbody\r\n");

      Envelope envelope = onlyOne(account.synced()).envelope();

      assertThat(envelope.sentAt()).isEmpty();
      assertThat(envelope.subject()).isEqualTo("when");
    }
  }

  @Test
  default void datesOfAnyZoneAreInstants() {
    try (Account account = Account.of(this)) {
      account.deliverRaw("Date: Sun, 1 Nov 2026 01:30:00 -0800 (PST)\r\n\r\nbody\r\n");

      Envelope envelope = onlyOne(account.synced()).envelope();

      assertThat(envelope.sentAt()).contains(Instant.parse("2026-11-01T09:30:00Z"));
    }
  }

  @Test
  default void headersAreInOrderDecodedAndUnfolded() {
    try (Account account = Account.of(this)) {
      Mail mail =
          Mail.of("headers")
              .field("X-Trace: first")
              .field("X-Trace: =?utf-8?Q?zw=C3=B6lf?=\n folded");
      Message message = onlyOne(account.synced(mail));

      Headers headers = message.headers();

      assertThat(headers.all("x-trace")).containsExactly("first", "zwölf folded");
      assertThat(headers.first("SUBJECT")).contains("headers");
      assertThat(headers.first("No-Such-Field")).isEmpty();
      assertThat(headers.fields().stream().map(HeaderField::name))
          .containsSubsequence("Received", "Date", "From", "To", "X-Trace", "X-Trace");
    }
  }

  private Envelope envelope(Mail mail) {
    try (Account account = Account.of(this)) {
      return onlyOne(account.synced(mail)).envelope();
    }
  }
}
