// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MessageId;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bad input and wrong credentials: a clear error, no secret in it, and nothing lost. */
public interface BadInputContract extends ContractSubject {
  @Test
  default void wrongPasswordSaysWhoAndWhereButNeverThePassword() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one"));
      String user = login(account.config());
      String password = "s3cret-that-is-wrong";
      Mailbox mailbox = account.open(account.config().login(user, password));

      for (ThrowingCallable call : List.<ThrowingCallable>of(mailbox::check, mailbox::sync)) {
        var e = catchThrowableOfType(AuthenticationException.class, call);

        assertThat(e).isNotNull();
        assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(e).hasMessageContaining(user).hasMessageContaining(mailbox.config().host());
        assertThat(everythingShownOf(e)).doesNotContain(password);
        assertThat(String.join("\n", e.transcript())).doesNotContain(password).isNotEmpty();
      }
    }
  }

  private static String login(MailboxConfig.Builder config) {
    return config.build().credentials().orElseThrow().user();
  }

  private static String everythingShownOf(Throwable e) {
    StringWriter shown = new StringWriter();
    e.printStackTrace(new PrintWriter(shown, true));
    return shown.toString();
  }

  @Test
  default void wrongPasswordLosesNothing() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.of("here")).close();
      account.deliver(Mail.of("there"));
      Mailbox mailbox = account.open(account.config().login(login(account.config()), "wrong"));

      var e = catchThrowableOfType(AuthenticationException.class, mailbox::sync);

      assertThat(e).isNotNull();
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("here");
      assertThat(account.held()).hasSize(2);
      mailbox.close();
      Mailbox again = account.open();
      again.sync();
      assertThat(subjects(again.inbox().newest(10))).containsExactly("there", "here");
    }
  }

  @Test
  default void configurationShowsNoSecret() {
    try (Account account = Account.of(this)) {
      MailboxConfig config = account.config().login("someone", "s3cret").build();

      assertThat(config.toString()).contains("someone").doesNotContain("s3cret");
      assertThat(config.credentials().orElseThrow().toString()).doesNotContain("s3cret");
    }
  }

  @Test
  default void lineBreaksInAUserOrPasswordAreRefusedByName() {
    try (Account account = Account.of(this)) {
      for (String bad : List.of("a\r\nDELE 1", "a\nb", "a\rb", "a\0b", "")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> account.config().login(bad, "password"))
            .withMessageContaining("user");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> account.config().login("someone", bad))
            .withMessageContaining("password")
            .withMessageNotContaining("DELE");
      }
    }
  }

  @Test
  default void lineBreaksInAKeywordAreRefusedByName() {
    for (String bad : List.of("a\r\nA1 LOGOUT", "a\nb", "a b", "a\0", "", "a(b", "\\Seen", "ä")) {
      assertThatIllegalArgumentException()
          .as(bad)
          .isThrownBy(() -> Flag.keyword(bad))
          .withMessageContaining("keyword");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Flag("\\Deleted"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Flag("\\Recent"));
  }

  @Test
  default void textsThatAreNoIdsAreRefused() {
    for (String bad : List.of("", "a b", "a\r\nb", "'", "ä", "a/b", "x".repeat(101))) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> MessageId.parse(bad));
    }
  }

  @Test
  default void urlsThatNameNoMailboxAreRefusedWithoutShowingASecret() {
    for (String bad :
        List.of(
            "",
            "example.org",
            "http://example.org",
            "pop3s://",
            "pop3s://example.org/inbox",
            "pop3s://ann:s3cret@example.org",
            "pop3s://ann:s3cret@exa mple.org",
            "imaps://example.org?tls=maybe")) {
      assertThatIllegalArgumentException()
          .as(bad)
          .isThrownBy(() -> MailboxConfig.at(bad))
          .withMessageNotContaining("s3cret");
    }
  }

  @Test
  default void incompleteConfigurationIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> MailboxConfig.at("pop3s://example.org").build())
        .withMessageContaining("login");
    assertThatIllegalStateException()
        .isThrownBy(() -> MailboxConfig.at("pop3s://example.org").password("x"))
        .withMessageContaining("user");
    assertThatIllegalStateException()
        .isThrownBy(() -> MailboxConfig.at("pop3://example.org?tls=none").login("ann", "x").build())
        .withMessageContaining("clear text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MailboxConfig.at("pop3s://example.org").pollInterval(Duration.ZERO));
  }
}
