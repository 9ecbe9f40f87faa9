// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.testkit.mail.Fixture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Mails on which protocols could differ: encodings, structures, and headers that are hard to read.
 * Each says in its first field when it arrived, which is what POP3 goes by.
 */
final class EqualityMails {
  /** Headers of their own they would not have, and NUL is what IMAP cannot carry in a text. */
  private static final Set<Fixture> UNEQUAL =
      Set.of(Fixture.BODY_ONLY, Fixture.BROKEN_HEADER, Fixture.NUL_BYTES);

  private EqualityMails() {}

  /** Gives each mail with the time of its arrival, a minute after the one before. */
  static void forEach(BiConsumer<byte[], Instant> delivery) {
    Instant arrival = Account.FIRST_ARRIVAL;
    for (Mail mail : mails()) {
      delivery.accept(ended(mail.bytes(arrival)), arrival);
      arrival = arrival.plus(Duration.ofMinutes(10));
    }
    byte[] old = Mail.of("old").sent("2020-01-01T00:00:00Z").bytes(arrival);
    delivery.accept(old, arrival);
    for (Fixture fixture : Fixture.canonical()) {
      arrival = arrival.plus(Duration.ofMinutes(10));
      if (!UNEQUAL.contains(fixture)) {
        delivery.accept(received(fixture.raw(), arrival), arrival);
      }
    }
  }

  private static List<Mail> mails() {
    List<Mail> mails = new ArrayList<>(List.of(Mail.several(2)));
    mails.add(Mail.of("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus =?iso-8859-1?B?WvxyaWNo?="));
    mails.add(
        Mail.of("Re: 100% \"sure\" \\ (really)")
            .from("=?utf-8?B?SsO8cmdlbg==?= <juergen@example.org>")
            .to("\"Example, Bob\" <bob@example.org>, carol@example.org")
            .field("Cc: =?utf-8?Q?D=C3=A9d=C3=A9?= <dede@example.org>")
            .field("Bcc: eve@example.org")
            .field("X-Ticket: 4711"));
    mails.add(
        Mail.of("  two  spaces ")
            .from("Undisclosed: ann@example.org, x@example.org;")
            .field("X-Encoded: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n folded")
            .body("A needle in the\nhay.\n"));
    mails.add(Mail.of("text").body("zwölf Boxkämpfer, \"quoted\\ \n"));
    mails.add(
        Mail.of("latin")
            .type("text/plain; charset=iso-8859-1")
            .field("Content-Transfer-Encoding: quoted-printable")
            .body("zw=F6lf=\n ist eine Zahl\n"));
    mails.add(
        Mail.of("encoded")
            .field("Content-Transfer-Encoding: base64")
            .body("YmFzZTY0IHNlY3JldAo=\n"));
    mails.add(Mail.of("page").type("text/html").body("<p>See <b>attached</b>.<p>Needle"));
    return mails;
  }

  private static byte[] received(byte[] raw, Instant arrival) {
    var out = new ByteArrayOutputStream();
    String whole = new String(Mail.of("x").bytes(arrival), StandardCharsets.US_ASCII);
    out.writeBytes(
        whole.substring(0, whole.indexOf("\r\n") + 2).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(raw);
    return ended(out.toByteArray());
  }

  /** POP3 ends the last line, so that the mail were not the same if it had no end. */
  private static byte[] ended(byte[] raw) {
    if (raw[raw.length - 1] == '\n') {
      return raw;
    }
    byte[] longer = Arrays.copyOf(raw, raw.length + 2);
    longer[raw.length] = '\r';
    longer[raw.length + 1] = '\n';
    return longer;
  }
}
