// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.greenmail;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import dev.mailbox.testkit.internal.net.OpenServers;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** GreenMail's SMTP, whose mails go to another store than its own. */
public final class SmtpFront implements AutoCloseable {
  private final GreenMail greenMail;
  private final GreenMailUser sink;
  private final Delivery delivery;
  private final OpenServers.Entry registration;

  /** Takes a mail in. */
  public interface Delivery {
    void deliver(String user, byte[] raw);
  }

  private SmtpFront(GreenMail greenMail, Delivery delivery) {
    this.greenMail = greenMail;
    this.delivery = delivery;
    this.sink = greenMail.setUser("sink@localhost", "sink", "sink");
    this.registration = OpenServers.register("SMTP port " + port());
    greenMail.getUserManager().setMessageDeliveryHandler(this::handle);
  }

  public static SmtpFront start(Delivery delivery) {
    return new SmtpFront(GreenMailThreads.start("smtp"), delivery);
  }

  public int port() {
    return greenMail.getSmtp().getPort();
  }

  @Override
  public void close() {
    registration.close();
    GreenMailThreads.stop(greenMail, "smtp:127.0.0.1:" + port());
  }

  /** GreenMail keeps one copy for a user of its own, which is thrown away before the next. */
  private GreenMailUser handle(MovingMessage mail, MailAddress to) throws MessagingException {
    String address = to.getEmail();
    String user = address.replaceFirst("@localhost$", "");
    try {
      greenMail.purgeEmailFromAllMailboxes();
      var raw = new ByteArrayOutputStream();
      mail.getMessage().writeTo(raw);
      delivery.deliver(user, raw.toByteArray());
    } catch (FolderException e) {
      throw new MessagingException("cannot forget", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sink;
  }
}
