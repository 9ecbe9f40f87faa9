// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.search.Query.receivedAfter;
import static dev.mailbox.search.Query.to;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Waits for the mail that a sign-up sends, and takes the link out of it. Writes nothing to disk.
 */
public final class ConfirmationLink {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");

  private ConfirmationLink() {}

  /**
   * Waits up to 30 seconds.
   *
   * @param config without {@code keepIn}: a store in memory
   * @param address whom the mail goes to
   * @param start when the sign-up began; older mail does not count
   */
  public static URI await(MailboxConfig config, String address, Instant start) {
    try (Mailbox mailbox = Mailbox.open(config)) {
      Message mail =
          mailbox
              .inbox()
              .await(to(address).and(receivedAfter(start)), Duration.ofSeconds(30))
              .orElseThrow(() -> new IllegalStateException("no mail for " + address));
      return firstLink(mail.content().text());
    }
  }

  private static URI firstLink(String text) {
    return LINK.matcher(text)
        .results()
        .map(MatchResult::group)
        .map(URI::create)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no link in: " + text));
  }
}
