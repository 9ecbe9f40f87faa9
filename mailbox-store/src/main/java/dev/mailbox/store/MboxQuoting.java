// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.content.Address;
import dev.mailbox.store.internal.db.MessageRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Writes a message into an mbox file, the mboxrd way: lines end with LF, and a line of any number
 * of {@code >} and then {@code From } gets one {@code >} more, so that reading it back is exact but
 * for the line ends (RFC 4155).
 */
final class MboxQuoting extends OutputStream {
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ROOT);

  private final OutputStream out;
  private int matched;
  private int quotes;
  private boolean atStart = true;
  private boolean carriageReturn;

  MboxQuoting(OutputStream out) {
    this.out = out;
  }

  void start(MessageRow row) throws IOException {
    List<Address> from = row.content().envelope().from();
    String sender = from.isEmpty() ? "" : from.get(0).address().replaceAll("[^!-~]", "");
    String date = ASCTIME.format(row.receivedAt().atOffset(ZoneOffset.UTC));
    String line = "From " + (sender.isEmpty() ? "MAILER-DAEMON" : sender) + " " + date + "\n";
    out.write(line.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void write(int b) throws IOException {
    if (carriageReturn && b != '\n') {
      carriageReturn = false;
      next('\r');
    }
    if (b == '\r') {
      carriageReturn = true;
    } else {
      carriageReturn = false;
      next(b);
    }
  }

  private void next(int b) throws IOException {
    if (atStart) {
      if (matched == 0 && b == '>') {
        quotes++;
        return;
      }
      if (b == FROM[matched]) {
        matched++;
        if (matched == FROM.length) {
          out.write('>');
          flushStart();
        }
        return;
      }
      flushStart();
    }
    out.write(b);
    atStart = b == '\n';
  }

  /** Writes what was held back at the start of a line. */
  private void flushStart() throws IOException {
    for (; quotes > 0; quotes--) {
      out.write('>');
    }
    out.write(FROM, 0, matched);
    matched = 0;
    atStart = false;
  }

  /** Ends the message with an empty line. */
  void end() throws IOException {
    if (carriageReturn) {
      carriageReturn = false;
      next('\r');
    }
    boolean lineOpen = !atStart || quotes > 0 || matched > 0;
    flushStart();
    if (lineOpen) {
      out.write('\n');
    }
    out.write('\n');
  }
}
