// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.InMemoryMailbox;
import dev.mailbox.testkit.mail.Fixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mailbox for unit tests shows the same of the same mail as the one over IMAP. */
class InMemoryEqualityTest {
  private static final Instant ARRIVAL = Instant.parse("2026-11-02T10:00:00Z");

  @TempDir private Path directory;

  @Test
  void oddMailsAreReadTheSame() {
    SyncScope whole = SyncScope.everything().bodies(BodyPolicy.all());
    Map<String, byte[]> mails = mails();
    try (FakeMailServer server = FakeMailServer.start();
        Mailbox real = Mailbox.open(config(server.imapsUrl(), server).scope(whole).build());
        InMemoryMailbox memory =
            InMemoryMailbox.open(config("imaps://mail.example.org", server).scope(whole).build())) {
      Instant arrival = ARRIVAL;
      for (byte[] raw : mails.values()) {
        arrival = arrival.plusSeconds(60);
        String there = server.user("alice", "secret").inbox().deliver(raw, arrival);
        String here = memory.server().inbox().deliver(raw, arrival);
        assertThat(here).isEqualTo(there);
      }
      real.sync();
      memory.sync();

      List<Message> expected = real.inbox().newest(mails.size());
      List<Message> shown = memory.inbox().newest(mails.size());

      assertThat(shown).hasSameSizeAs(mails.keySet());
      SoftAssertions softly = new SoftAssertions();
      List<String> names = new ArrayList<>(mails.keySet());
      Collections.reverse(names);
      for (int i = 0; i < names.size(); i++) {
        softly.assertThat(shown(shown.get(i))).as(names.get(i)).isEqualTo(shown(expected.get(i)));
      }
      softly.assertAll();
    }
  }

  private MailboxConfig.Builder config(String url, FakeMailServer server) {
    return MailboxConfig.at(url)
        .login("alice", "secret")
        .trust(server.certificates().clientContext())
        .keepIn(directory.resolve("store"));
  }

  private static List<String> shown(Message message) {
    List<String> all = new ArrayList<>();
    MessageContent content = message.content();
    all.add("envelope " + message.envelope());
    all.add("text " + content.text());
    all.add("html " + content.html());
    List<String> inline = content.inlineParts().stream().map(Part::safeFileName).toList();
    all.add("inline " + inline);
    List<String> attached = content.attachments().stream().map(Part::safeFileName).toList();
    all.add("attached " + attached);
    show(content.root(), "", all);
    all.add("headers " + message.headers());
    all.add("defects " + content.defects().stream().map(d -> d.toString()).sorted().toList());
    return all;
  }

  private static void show(Part part, String place, List<String> all) {
    all.add(place + " type " + part.contentType() + " " + part.charset());
    all.add(place + " name " + part.fileName() + " safe " + part.safeFileName());
    all.add(place + " id " + part.contentId() + " attachment " + part.isAttachment());
    all.add(place + " size " + part.sizeInBytes());
    all.add(place + " headers " + part.headers());
    all.add(place + " text " + part.text());
    try (InputStream in = part.open()) {
      all.add(place + " bytes " + new String(in.readAllBytes(), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    all.add(place + " children " + part.children().size());
    for (int i = 0; i < part.children().size(); i++) {
      show(part.children().get(i), place + (i + 1) + ".", all);
    }
  }

  /** Each by what is odd about it. */
  private static Map<String, byte[]> mails() {
    Map<String, byte[]> mails = new LinkedHashMap<>();
    for (Fixture fixture : Fixture.values()) {
      // IMAP carries no NUL, and what is no address is nobody's business.
      if (fixture != Fixture.NUL_BYTES && fixture != Fixture.ILLEGAL_ADDRESSES) {
        mails.put(fixture.name(), fixture.raw());
      }
    }
    charsets(mails);
    pages(mails);
    names(mails);
    structures(mails);
    limits(mails);
    return mails;
  }

  private static void charsets(Map<String, byte[]> mails) {
    String names =
        "iso-8859-1 latin1 windows1252 us-ascii x-unknown gb2312 ks_c_5601-1987 sjis ansi"
            + " unicode-1-1-utf-8 iso-8859-8-i mac cp-1251 8bit utf-7 UTF8 'utf-8' \"utf-8\"";
    for (String name : names.split(" ", -1)) {
      add(mails, "Content-Type: text/plain; charset=" + name + "\n\n\u0080\u00e4\u00fc \u00a4 x\n");
      add(mails, "Subject: =?" + name + "?Q?a=E4=FC=80?=\n\nx\n");
    }
    add(mails, "Content-Type: text/plain\n\n\u00c3\u00a4\n");
    add(mails, "Content-Type: text/plain; charset=us-ascii\n\n\u00c3\u00a4\n");
    add(mails, "Content-Type: text/plain; charset=utf-8 (says he)\n\n\u00ef\u00bb\u00bfx\n");
    add(mails, "Content-Transfer-Encoding: quoted-printable\n\na=\nb=20 \nc=zz=\n");
    add(mails, "Content-Transfer-Encoding: BASE64\n\naGVs*bG8!\n");
    add(mails, "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#86)C\n`\nend\n");
  }

  private static void pages(Map<String, byte[]> mails) {
    for (String page :
        List.of(
            "<p>a</p><p>b</p>c<br>d<div>e</div>f<h1>g</h1>h<hr>i",
            "<ul><li>one<li>two</ul>",
            "a&nbsp;b&amp;&lt;&eacute;&unknown;&#65;&#x42;&bull;&mdash;&hellip;&rarr;",
            "<pre>a\n  b</pre>",
            "<table><tr><td>a<td>b</table>",
            "<style>x{}</style><script>y()</script><template>t</template>z",
            "1 < 2 > 0",
            "<a title=\"x>y\">z</a><!-- c --> d <!doctype html> e",
            "a\n\n  b")) {
      add(mails, "Content-Type: text/html\n\n" + page + "\n");
    }
  }

  private static void names(Map<String, byte[]> mails) {
    for (String name :
        List.of(
            "../../etc/passwd",
            "dir\\\\file.pdf",
            "con.txt",
            ".hidden",
            "-rf",
            "~x",
            "a:b*c?.txt",
            "x".repeat(300) + ".pdf",
            "trailing. ",
            "..",
            "a/",
            "com\u00b9.x",
            "=?utf-8?Q?=E2=80=AEtxt.exe?=",
            "=?utf-8?Q?a=C2=A0b=EF=BC=8Fc?=",
            "u\u00cc\u0088.txt",
            "x." + "y".repeat(30))) {
      add(mails, "Content-Disposition: attachment; filename=\"" + name + "\"\n\nx\n");
    }
    for (String type :
        List.of("text/calendar", "image/jpeg", "application/vnd.ms-excel", "broken", "a/b/c")) {
      add(mails, "Content-Type: " + type + "\nContent-Disposition: attachment\n\nx\n");
    }
  }

  private static void structures(Map<String, byte[]> mails) {
    String multipart = "Content-Type: multipart/mixed; boundary=b\n\n";
    String alternative = "Content-Type: multipart/alternative; boundary=b\n\n";
    String page = "--b\nContent-Type: text/html\n\n<p>x <img src=\"cid:a@b\">\n";
    String picture = "--b\nContent-Type: image/png\nContent-ID: <a@b>\n\nx\n";
    add(mails, alternative + page + "--b--\n");
    add(mails, alternative + "--b\nContent-Type: text/plain\n\n \n" + page + "--b--\n");
    add(mails, alternative + "--b\n\nhi\n--b\nContent-Type: text/calendar\n\nB\n--b--\n");
    add(mails, multipart + "--b\n\none\n--b\n\ntwo\n" + page + picture + "--b--\n");
    add(mails, multipart.replace("mixed", "related") + page + picture + "--b--\n");
    add(mails, multipart.replace("mixed", "digest") + "--b\n\nSubject: in\n\ntext\n--b--\n");
    add(mails, multipart + "pre\n--b\n\none\n--b--\npost\n");
    add(mails, multipart + "--b\n\none\n");
    add(mails, multipart + "--c\n\none\n--c--\n");
    add(mails, "Content-Type: multipart/mixed\n\n--b\n\none\n--b--\n");
    add(
        mails,
        """
        Content-Type: message/rfc822
        Content-Transfer-Encoding: base64

        U3ViamVjdDogaW4KCnRleHQK
        """);
  }

  private static void limits(Map<String, byte[]> mails) {
    add(mails, "Subject: s\n" + "X-A: 1\n".repeat(10_050) + "X-Last: l\n\nbody\n");
    add(mails, "Subject: s\nX-A: " + "y".repeat((1 << 20) + 100) + "\nX-B: z\n\nbody\n");
    add(mails, "Content-Disposition: attachment; filename=" + "n".repeat(1_200) + "\n\nx\n");
    add(mails, "Subject: l\n\n" + "0123456789abcde\n".repeat((4 << 20) / 16 + 100));
    add(mails, "Subject : spaced\nX Y: no\nfrom:a@b.c\n\nx\n");
    add(mails, "From me Mon Jan 1\nSubject: a\u0001b\n c\n\nx\n");
    add(mails, "Message-ID: bare@x\nReferences: <a@b> junk <c@d>\nIn-Reply-To: you <e@f>\n\nx\n");
  }

  private static void add(Map<String, byte[]> mails, String mail) {
    String name = mail.length() < 120 ? mail : mail.substring(0, 120);
    mails.put(mails.size() + " " + name, mail.replace("\n", "\r\n").getBytes(ISO_8859_1));
  }
}
