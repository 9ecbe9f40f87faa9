// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.search.Query.text;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searching for words: where they are found, and what counts as the same word. */
public interface TextSearchContract extends ContractSubject {
  @Test
  default void wordsAreFoundWhereverPeopleReadThem() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("needle in the subject"),
              Mail.of("a name").from("Needle Smith <smith@example.org>"),
              Mail.of("an address").to("needle@example.org"),
              Mail.of("a text").body("There is a needle in it.\n"),
              Mail.of("nothing").body("needles are not the word: it is pins\n"));

      assertHits(mailbox, "needle in", "a text", "needle in the subject");
      assertHits(mailbox, "needle smith", "a name");
      assertHits(mailbox, "needle@example.org", "an address");
    }
  }

  @Test
  default void namesOfAttachmentsAreFound() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("offer")
                  .type("multipart/mixed; boundary=b")
                  .body(
                      """
                      --b
                      Content-Type: text/plain

                      see attachment
                      --b
                      Content-Type: application/pdf
                      Content-Disposition: attachment; filename="quotation 2026.pdf"

                      xyz
                      --b--
                      """));

      assertHits(mailbox, "quotation", "offer");
    }
  }

  @Test
  default void htmlIsSearchedAsItsText() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("html")
                  .type("text/html; charset=utf-8")
                  .body("<p class=\"hidden\">Caf&eacute; <b>visible</b> words</p>\n"));

      assertHits(mailbox, "cafe visible words", "html");
      assertHits(mailbox, "hidden");
    }
  }

  @Test
  default void encodedTextIsSearchedDecoded() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("encoded")
                  .field("Content-Transfer-Encoding: base64")
                  .body("R3LDvMOfZSBhdXMgWsO8cmljaA==\n"));

      assertHits(mailbox, "aus zürich", "encoded");
    }
  }

  @Test
  default void wordsMustBeInOrderAndNextToEachOther() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("fox").body("the quick brown fox jumps\n"));

      assertHits(mailbox, "quick brown fox", "fox");
      assertHits(mailbox, "brown quick");
      assertHits(mailbox, "quick fox");
    }
  }

  @Test
  default void onlyTheLastWordMayBeABeginning() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("bill").body("your invoice number\n"));

      assertHits(mailbox, "invo", "bill");
      assertHits(mailbox, "invoice numb", "bill");
      assertHits(mailbox, "invo number");
      assertHits(mailbox, "voice");
    }
  }

  @Test
  default void caseAccentsAndPunctuationDoNotCount() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("menu").body("Crème-Brûlée, s'il vous plaît!\n"));

      assertHits(mailbox, "CREME BRULEE", "menu");
      assertHits(mailbox, "brulee s il", "menu");
      assertHits(mailbox, "plaît", "menu");
    }
  }

  @Test
  default void wordsOfOtherScriptsAreFound() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(Mail.of("russian").body("Добрый день, коллеги\n"), Mail.of("other"));

      assertHits(mailbox, "ДЕНЬ КОЛЛЕГИ", "russian");
    }
  }

  @Test
  default void operatorsOfSearchLanguagesAreWordsLikeOthers() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(Mail.of("logic").body("this OR that AND not NEAR\n"), Mail.of("this"));

      assertHits(mailbox, "this or that", "logic");
      for (String words :
          List.of("\"", "'", "(", "logic AND (", "a*b^2", "subject:this", "-", "NOT")) {
        assertThat(mailbox.inbox().search(text(words)).ids()).as(words).hasSizeLessThan(3);
      }
    }
  }

  @Test
  default void wordsAreFoundAsSoonAsTheSyncIsDone() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(30));

      assertHits(mailbox, "message number 30", "message 30");
      account.deliver(Mail.of("late").body("an unheard-of word\n"));
      mailbox.sync();
      assertHits(mailbox, "unheard of", "late");
    }
  }

  @Test
  default void wordsOfDeletedMessagesAreFoundNoMore() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("secret").body("xylophone\n"));
      assertHits(mailbox, "xylophone", "secret");

      mailbox.inbox().search(text("xylophone")).delete();

      assertHits(mailbox, "xylophone");
    }
  }

  private static void assertHits(Mailbox mailbox, String words, String... subjects) {
    assertThat(subjects(mailbox.inbox().search(text(words)))).as(words).containsExactly(subjects);
  }
}
