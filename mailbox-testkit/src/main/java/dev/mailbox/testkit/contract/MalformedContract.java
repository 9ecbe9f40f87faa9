// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.raw;
import static dev.mailbox.testkit.contract.Reading.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.content.Defect;
import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mail as nobody should send it: kept byte for byte, read without failing, defects told. */
public interface MalformedContract extends ContractSubject {
  @Test
  default void missingLastBoundaryIsADefectAndThePartsAreThere() {
    try (Account account = Account.of(this)) {
      MessageContent content =
          read(
              account,
              """
              Subject: cut
              Content-Type: multipart/mixed; boundary=b

              --b
              Content-Type: text/plain

              still here
              """);

      assertThat(content.text()).contains("still here");
      assertThat(kinds(content)).contains(Defect.Kind.BOUNDARY);
    }
  }

  @Test
  default void multipartWithoutABoundaryIsADefect() {
    try (Account account = Account.of(this)) {
      MessageContent content =
          read(account, "Subject: none\nContent-Type: multipart/mixed\n\n--b\n\ntext\n--b--\n");

      assertThat(content.root()).isNotNull();
      assertThat(kinds(content)).contains(Defect.Kind.BOUNDARY);
    }
  }

  @Test
  default void lineThatIsNoFieldIsADefectAndTheOthersAreRead() {
    try (Account account = Account.of(this)) {
      MessageContent content =
          read(account, "Subject: odd\nthis is no field\nX-After: seen\n\nbody\n");

      assertThat(onlyMessage(account).envelope().subject()).isEqualTo("odd");
      assertThat(onlyMessage(account).headers().first("X-After")).contains("seen");
      assertThat(kinds(content)).contains(Defect.Kind.HEADER_SYNTAX);
    }
  }

  @Test
  default void unknownCharsetIsADefectAndTheTextIsShownAsFarAsItGoes() {
    try (Account account = Account.of(this)) {
      MessageContent content =
          read(account, "Content-Type: text/plain; charset=x-no-such-charset\n\nplain words\n");

      assertThat(content.text()).contains("plain words");
      assertThat(kinds(content)).contains(Defect.Kind.CHARSET);
    }
  }

  @Test
  default void bytesThatAreNotOfTheCharsetAreReplaced() {
    try (Account account = Account.of(this)) {
      MessageContent content =
          read(account, "Content-Type: text/plain; charset=utf-8\n\nbefore \u00ff\u00fe after\n");

      assertThat(content.text()).contains("before ", "\ufffd", " after");
    }
  }

  @Test
  default void brokenBase64IsADefectAndWhatCanBeReadIsRead() {
    try (Account account = Account.of(this)) {
      MessageContent content =
          read(
              account,
              "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8g*!d29ybGQ\n");

      assertThat(content.text()).contains("hello");
      assertThat(kinds(content)).contains(Defect.Kind.ENCODING);
    }
  }

  @Test
  default void unknownTransferEncodingIsADefectAndTheBytesAreThere() {
    try (Account account = Account.of(this)) {
      MessageContent content =
          read(account, "Content-Type: text/plain\nContent-Transfer-Encoding: x-mine\n\nas is\n");

      assertThat(text(content.root().open())).contains("as is");
      assertThat(kinds(content)).contains(Defect.Kind.ENCODING);
    }
  }

  @Test
  default void tooDeepNestingIsALimitAndNeverAnOverflow() {
    try (Account account = Account.of(this)) {
      StringBuilder deep = new StringBuilder("Subject: deep\n");
      for (int i = 0; i < 3000; i++) {
        deep.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
        deep.append(i).append('\n');
      }
      MessageContent content = read(account, deep + "Content-Type: text/plain\n\nbottom\n");

      assertThat(content.text()).isNotNull();
      assertThat(depth(content.root())).isLessThanOrEqualTo(200);
      assertThat(kinds(content)).contains(Defect.Kind.LIMIT);
    }
  }

  private static int depth(Part part) {
    int deepest = 0;
    for (Part child : part.children()) {
      deepest = Math.max(deepest, depth(child));
    }
    return deepest + 1;
  }

  @Test
  default void oddMessagesAreKeptByteForByteAndCanBeRead() {
    for (String odd :
        List.of(
            "\n",
            "\n\n",
            "only a line without a field\n",
            "Subject: no body\n",
            "Subject: no body\n\n",
            ": empty name\n\nbody\n",
            " starts with a fold\nSubject: x\n\nbody\n",
            "Subject:\n\nempty subject\n",
            "From: <>\nTo: ,,;:\nCc: \"unclosed\n\nbody\n",
            "From: <<<>>>@@\nDate: \nMessage-ID:\n\nbody\n",
            "Subject: =?utf-8?B?!!!?= =?no-such?Q?a?= =?utf-8?X?b?=\n\nbody\n",
            "Content-Type: \n\nbody\n",
            "Content-Type: text/plain; charset=\"\n\nbody\n",
            "Content-Type: ;;;===\nContent-Disposition: ;\n\nbody\n",
            "Content-Type: message/rfc822\n\nnot a message\n",
            "Content-Type: text/html\n\n<<<p <b>&#xffffff;&#99999999999;</p\n",
            "Subject: 8bit \u00e4\u00ff\n\n\u0080\u00ff\u00e4\n")) {
      try (Account account = Account.of(this)) {
        account.deliverRaw(odd.replace("\n", "\r\n"));
        List<String> held = account.held();
        Message message = onlyOne(account.synced());

        assertThat(raw(message)).isEqualTo(held.get(0));
        assertThat(message.headers().fields()).isNotNull();
        assertThat(message.content().attachments()).isNotNull();
        assertThat(message.content().text()).as(odd).isNotNull();
      }
    }
  }

  @Test
  default void oneOddMessageDoesNotHoldUpTheOthers() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("before"));
      account.deliverRaw("From: <<<>>>@@\r\nthis is no field\r\n\r\n");
      account.deliver(Mail.of("after"));
      Mailbox mailbox = account.open();

      assertThat(mailbox.sync().downloaded()).isEqualTo(3);
      assertThat(Reading.subjects(mailbox.inbox().newest(10))).contains("before", "after");
    }
  }

  private static MessageContent read(Account account, String message) {
    account.deliverRaw(message.replace("\n", "\r\n"));
    MessageContent content = onlyOne(account.synced()).content();
    assertThat(content.text()).isNotNull();
    return content;
  }

  private static Message onlyMessage(Account account) {
    return onlyOne(account.current());
  }

  private static List<Defect.Kind> kinds(MessageContent content) {
    return content.defects().stream().map(Defect::kind).toList();
  }
}
