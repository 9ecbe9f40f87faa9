// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.delivery.Receiver;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.Pop3Message;
import dev.mailbox.testkit.mail.Fixture;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a program does that is disturbed, and what was before. Each is such that to run the program
 * again after a crash is what a person would do, and leads to the same end.
 */
@SuppressWarnings("ImmutableEnumChecker") // what is played is changed by nobody
enum Scenario {
  FIRST_DOWNLOAD(new Play().server(scene -> scene.deliver(5))),
  SECOND_DOWNLOAD(
      new Play()
          .server(scene -> scene.deliver(4))
          .before(Mailbox::sync)
          .meanwhile(scene -> scene.deliver(4))),
  MANY_MESSAGES(new Play().server(scene -> scene.deliver(150))),
  LARGE_MESSAGE(new Play().server(scene -> scene.deliver(1).deliver("large", 900_000).deliver(1))),
  KEPT_ON_THE_SERVER(
      new Play()
          .config(config -> config.removal(Removal.never()))
          .server(scene -> scene.deliver(3))
          .before(Mailbox::sync)
          .meanwhile(scene -> scene.deliver(3))),
  POLICY_CHANGES(
      new Play()
          .earlier(config -> config.removal(Removal.never()))
          .server(scene -> scene.deliver(6))
          .before(Mailbox::sync)),
  POLICY_CHANGES_WITHOUT_TOP(
      new Play()
          .earlier(config -> config.removal(Removal.never()))
          .server(scene -> scene.deliver(4).pop3().without("TOP"))
          .before(Mailbox::sync)),
  DELETED_WHEN_OLD(
      new Play()
          .earlier(config -> config.removal(Removal.after(Duration.ofDays(9))))
          .config(config -> config.removal(Removal.after(Duration.ZERO)))
          .server(scene -> scene.deliver(4))
          .before(Mailbox::sync)
          .meanwhile(scene -> scene.deliver(2))),
  DELETED_WHEN_HANDLED(
      new Play()
          .config(config -> config.removal(Removal.afterHandled()))
          .server(scene -> scene.deliver(3))
          .before(Mailbox::sync)
          .meanwhile(scene -> scene.deliver(2))
          .act(Scenario::handle)),
  DELETED_ON_REQUEST(
      new Play()
          .config(config -> config.removal(Removal.never()))
          .server(scene -> scene.deliver("expendable", 300).deliver(3).deliver("expendable", 300))
          .before(Mailbox::sync)
          .act(
              mailbox -> {
                find(mailbox, "expendable").forEach(Message::delete);
                mailbox.sync();
              })),
  ANSWER_TO_QUIT_IS_LOST(
      new Play()
          .server(
              scene -> {
                scene.deliver(4);
                scene.pop3().on("QUIT").once().closeAfter(0);
              })
          .before(mailbox -> expect(mailbox.sync(), 0, 4))
          .meanwhile(scene -> scene.deliver(2))),
  QUIT_IS_NOT_DONE(
      new Play()
          .server(
              scene -> {
                scene.deliver(4);
                scene.pop3().on("QUIT").once().close();
              })
          .before(Mailbox::sync)
          .meanwhile(scene -> scene.deliver(2))),
  QUIT_IS_REFUSED(
      new Play()
          .server(
              scene -> {
                scene.deliver(4);
                scene.pop3().on("QUIT").once().reply("-ERR some messages were not removed");
              })
          .before(mailbox -> expect(mailbox.sync(), 0, 4))
          .meanwhile(scene -> scene.deliver(2))),
  UIDL_IS_RECYCLED(
      new Play()
          .server(
              scene -> {
                scene.deliver(3);
                scene.pop3().on("QUIT").once().close();
              })
          .before(Mailbox::sync)
          .meanwhile(Scenario::recycle)),
  NO_UIDL(new Play().server(scene -> scene.deliver(4).pop3().without("UIDL"))),
  NO_UIDL_AND_KEPT(
      new Play()
          .config(config -> config.removal(Removal.never()))
          .server(scene -> scene.deliver(3).pop3().without("UIDL"))
          .before(Mailbox::sync)
          .meanwhile(scene -> scene.deliver(2))),
  SAME_UIDLS(
      new Play()
          .server(
              scene -> {
                scene.deliver(4);
                List<String> uidls = scene.maildrop().uidls();
                scene.maildrop().rename(uidls.get(1), uidls.get(0));
                scene.maildrop().rename(uidls.get(3), uidls.get(0));
              })),
  EQUAL_MESSAGES(
      new Play()
          .server(
              scene -> {
                byte[] raw = Fixture.PLAIN.raw();
                scene.deliver(raw).deliver(raw).deliver(1);
              })),
  NO_PIPELINING(new Play().server(scene -> scene.deliver(5).pop3().without("PIPELINING"))),
  SIZES_ARE_WRONG(
      new Play()
          .server(
              scene -> {
                scene.deliver(4);
                for (Pop3Message message : scene.maildrop().messages()) {
                  scene.maildrop().listedSize(message.uidl(), message.listedSize() + 7);
                }
              })),
  SIZES_ARE_TOO_SMALL(
      new Play()
          .server(
              scene -> {
                scene.deliver("short", 100);
                Pop3Message message = scene.maildrop().messages().get(0);
                scene.maildrop().listedSize(message.uidl(), message.listedSize() - 9);
              })),
  MESSAGE_ENDS_EARLY(
      new Play()
          .server(
              scene -> {
                scene.deliver(3);
                scene.pop3().on("RETR 2").once().rewrite(Scenario::withoutLastLines);
              })),
  DELETION_IS_REFUSED(
      new Play()
          .server(
              scene -> {
                scene.deliver(4);
                scene.pop3().on("DELE").reply("-ERR not now");
              })
          .act(mailbox -> expect(mailbox.sync(), 0, 0))),
  MESSAGE_OVER_THE_LIMIT(
      new Play()
          .config(config -> config.maxMessageBytes(4_000))
          .server(scene -> scene.deliver(2).deliver("large", 20_000).deliver(2))),
  HEADERS_FIRST(
      new Play()
          .config(
              config ->
                  config
                      .removal(Removal.never())
                      .scope(SyncScope.everything().bodies(BodyPolicy.onDemand())))
          .server(scene -> scene.deliver(3))
          .act(
              mailbox -> {
                mailbox.sync();
                find(mailbox, "message").forEach(message -> message.content().text());
              })),
  LOCAL_ACTIONS(
      new Play()
          .server(scene -> scene.deliver(4))
          .before(
              mailbox -> {
                mailbox.sync();
                mailbox.createFolder(FolderPath.parse("Kept"));
              })
          .act(
              mailbox -> {
                for (Message message : mailbox.inbox().newest(9)) {
                  message.mark(Flag.SEEN, Flag.FLAGGED);
                  message.moveTo(FolderPath.parse("Kept"));
                }
                mailbox.sync();
              })),
  APPENDED_HERE(
      new Play()
          .act(
              mailbox -> {
                if (find(mailbox, "appended").isEmpty()) {
                  append(mailbox, "Subject: appended\r\n\r\ntext\r\n");
                }
              })),
  MESSAGE_IS_TAKEN_BY_ANOTHER_CLIENT(
      new Play()
          .config(config -> config.removal(Removal.never()))
          .server(scene -> scene.deliver(4))
          .before(Mailbox::sync)
          .meanwhile(scene -> scene.maildrop().remove(scene.maildrop().uidls().get(1)))),
  ODD_MESSAGES(
      new Play()
          .server(
              scene -> {
                for (Fixture fixture : Fixture.values()) {
                  String raw = new String(fixture.raw(), ISO_8859_1);
                  // What POP3 cannot bring as it is would count as lost.
                  if (raw.matches("(?s)(?:[^\\r\\n]{0,900}\\r\\n){1,80}")) {
                    scene.deliver(fixture.raw());
                  }
                }
              }));

  private static final Set<Scenario> FULL_DISKS =
      EnumSet.of(
          FIRST_DOWNLOAD,
          LARGE_MESSAGE,
          POLICY_CHANGES,
          QUIT_IS_NOT_DONE,
          LOCAL_ACTIONS,
          DELETED_ON_REQUEST);

  /** It says nothing to the server, or too many bytes of one kind. */
  private static final Set<Scenario> LINES_NOT_CUT =
      EnumSet.of(APPENDED_HERE, MANY_MESSAGES, LARGE_MESSAGE, ODD_MESSAGES);

  private final Play play;

  Scenario(Play play) {
    this.play = play;
  }

  /** What is played. */
  private static final class Play {
    private UnaryOperator<MailboxConfig.Builder> config = c -> c;
    private UnaryOperator<MailboxConfig.Builder> earlier = c -> c;
    private Consumer<Scene> server = scene -> {};
    private @Nullable Consumer<Mailbox> before;
    private Consumer<Scene> meanwhile = scene -> {};
    private Consumer<Mailbox> act = Mailbox::sync;

    Play config(UnaryOperator<MailboxConfig.Builder> value) {
      config = value;
      return this;
    }

    Play earlier(UnaryOperator<MailboxConfig.Builder> value) {
      earlier = value;
      return this;
    }

    Play server(Consumer<Scene> value) {
      server = value;
      return this;
    }

    Play before(Consumer<Mailbox> value) {
      before = value;
      return this;
    }

    Play meanwhile(Consumer<Scene> value) {
      meanwhile = value;
      return this;
    }

    Play act(Consumer<Mailbox> value) {
      act = value;
      return this;
    }
  }

  /** What it is disturbed by: not each by all, where that would show the same again. */
  Set<Disturbance> disturbances() {
    Set<Disturbance> all = EnumSet.allOf(Disturbance.class);
    if (!FULL_DISKS.contains(this)) {
      all.remove(Disturbance.DISK_FAULT);
    }
    if (LINES_NOT_CUT.contains(this)) {
      all.remove(Disturbance.BYTE_CUT);
    }
    return all;
  }

  /** Sets up the server. */
  void setUp(Scene scene) {
    play.server.accept(scene);
  }

  /** Runs the program as it was before, undisturbed, and what happened on the server since. */
  void past(Scene scene, MailboxConfig.Builder config) {
    Consumer<Mailbox> before = play.before;
    if (before != null) {
      try (Mailbox mailbox = Mailbox.open(play.earlier.apply(play.config.apply(config)).build())) {
        before.accept(mailbox);
      }
    }
    play.meanwhile.accept(scene);
  }

  /** Runs the program. */
  void act(MailboxConfig.Builder config) {
    try (Mailbox mailbox = Mailbox.open(play.config.apply(config).build())) {
      play.act.accept(mailbox);
    }
  }

  /** A report that is not true is as bad as a lost message. */
  private static void expect(SyncReport report, int deleted, int unconfirmed) {
    if (report.deleted() != deleted || report.unconfirmed() != unconfirmed) {
      throw new AssertionError("the report is not true: " + report);
    }
  }

  private static byte[] withoutLastLines(byte[] reply) {
    String text = new String(reply, ISO_8859_1);
    return (text.substring(0, text.indexOf("line 5")) + ".\r\n").getBytes(ISO_8859_1);
  }

  private static void handle(Mailbox mailbox) {
    try (Receiver receiver = mailbox.receiver("scenario")) {
      int unused = receiver.handlePending(delivery -> delivery.message().content());
    }
  }

  private static List<Message> find(Mailbox mailbox, String subject) {
    return mailbox.inbox().newest(1000).stream()
        .filter(message -> message.envelope().subject().contains(subject))
        .toList();
  }

  private static void append(Mailbox mailbox, String raw) {
    mailbox
        .inbox()
        .append(
            new ByteArrayInputStream(raw.getBytes(ISO_8859_1)),
            Instant.parse("2026-01-05T10:00:00Z"),
            Set.of(Flag.SEEN));
  }

  /** A new message has the UIDL and the size of one that was to be deleted. */
  private static void recycle(Scene scene) {
    Pop3Message old = scene.maildrop().messages().get(1);
    String raw = new String(old.raw(), ISO_8859_1);
    scene.maildrop().remove(old.uidl());
    scene.deliverAs(old.uidl(), raw.replace("Subject: message", "Subject: another"));
  }
}
