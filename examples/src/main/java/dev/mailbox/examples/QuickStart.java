// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples;

import static dev.mailbox.search.Query.from;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.text;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.content.Address;
import dev.mailbox.content.Part;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A first look: starts a mail server in memory with some mails in it, and lists, reads and searches
 * them over IMAP and over POP3, with one program and two URLs. Needs no account and no network.
 */
public final class QuickStart {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM-dd HH:mm");

  private final Path directory;
  private final PrintStream out;

  QuickStart(Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
  }

  /** Runs it in a new directory for temporary files. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("mailbox-quickstart-");
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    new QuickStart(directory, out).run();
  }

  void run() {
    try (FakeMailServer server = FakeMailServer.start()) {
      ServerFolder onServer = server.user("alice", "secret").inbox();
      SampleMails.deliverTo(onServer);

      out.println("#### IMAP: mail lives on the server, and what is here is a copy");
      look(at(server.imapsUrl(), server).keepIn(directory.resolve("imap")).build());
      out.println("on the server now: " + onServer.count() + " messages");
      lookFromAnotherDevice(at(server.imapsUrl(), server).build());

      out.println("\n#### POP3: the same program; mail lives here, and leaves the server");
      look(at(server.pop3sUrl(), server).keepIn(directory.resolve("pop3")).build());
      out.println("on the server now: " + onServer.count() + " messages");
    }
    out.println("\nBoth stores, to look around in, are below " + directory);
  }

  private static MailboxConfig.Builder at(String url, FakeMailServer server) {
    return MailboxConfig.at(url)
        .login("alice", "secret")
        .trust(server.certificates().clientContext());
  }

  private void look(MailboxConfig config) {
    try (Mailbox mailbox = Mailbox.open(config)) {
      title("Sync with " + config.scheme() + "://" + config.host());
      print(mailbox.sync());
      look(mailbox.inbox());
    }
  }

  private void look(Folder inbox) {
    title("Newest messages (* unread, @ attachments)");
    inbox.newest(10).forEach(this::printLine);

    title("One of them, with its attachments");
    Message invoice = inbox.search(from("billing@")).stream().findFirst().orElseThrow();
    print(invoice);
    out.println("marked as read: " + invoice.mark(Flag.SEEN));

    title("A broken one: nothing is lost, and what is wrong is said");
    Message broken = inbox.search(subject("scan")).stream().findFirst().orElseThrow();
    broken.content().defects().forEach(d -> out.println(d.kind() + ": " + d.detail()));
    print(broken);

    title("Search for messages that speak of Сантьяго");
    inbox.search(text("сантьяго")).forEach(this::printLine);
    out.println("\nunread: " + inbox.counts().unread() + " of " + inbox.counts().total());
  }

  /** It keeps nothing, and asks the server for the one message that it wants. */
  private void lookFromAnotherDevice(MailboxConfig config) {
    try (Mailbox mailbox = Mailbox.open(config)) {
      Message invoice =
          mailbox.inbox().search(subject("invoice")).stream().findFirst().orElseThrow();
      String seen = invoice.has(Flag.SEEN) ? "read" : "unread";
      out.println("on another device the invoice is " + seen);
    }
  }

  private void title(String text) {
    out.println("\n== " + text);
  }

  private void print(SyncReport report) {
    out.printf(
        "%d downloaded, %d headers, %d deleted on the server, %d problems, %d bytes in %d ms%n",
        report.downloaded(),
        report.headersOnly(),
        report.deleted(),
        report.problemCount(),
        report.bytes(),
        report.elapsed().toMillis());
  }

  private void printLine(Message message) {
    Instant sent = message.envelope().sentAt().orElse(message.receivedAt());
    String unread = message.has(Flag.SEEN) ? " " : "*";
    String attachments = message.content().attachments().isEmpty() ? " " : "@";
    out.printf(
        "%s%s %s %7d bytes  %-28s %s%n",
        unread,
        attachments,
        DATE.format(sent.atZone(ZoneId.systemDefault())),
        message.sizeInBytes(),
        sender(message),
        subjectOf(message));
  }

  private static String sender(Message message) {
    return message.envelope().from().stream().findFirst().map(Address::address).orElse("?");
  }

  private static String subjectOf(Message message) {
    return message.envelope().subject();
  }

  private void print(Message message) {
    out.println("From:    " + sender(message));
    out.println("Subject: " + subjectOf(message));
    out.println("\n" + message.content().text().strip() + "\n");
    for (Part attachment : message.content().attachments()) {
      Path file = attachment.saveTo(directory.resolve("attachments"));
      out.println("saved " + file + ", " + attachment.sizeInBytes() + " bytes");
    }
  }
}
