// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.greenmail;

import com.icegreen.greenmail.imap.AuthorizationException;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.imap.commands.IdRange;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import dev.mailbox.testkit.internal.net.OpenServers;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** The three servers of one GreenMail and what its store holds. */
public final class GreenMailBackend implements AutoCloseable {
  private final GreenMail greenMail;
  private final Session session = Session.getInstance(new Properties());
  private final OpenServers.Entry registration;
  private final String[] threadPrefixes;

  private GreenMailBackend(GreenMail greenMail) {
    this.greenMail = greenMail;
    this.registration = OpenServers.register("GreenMail, POP3 port " + pop3Port());
    this.threadPrefixes =
        new String[] {
          "pop3:127.0.0.1:" + pop3Port(),
          "imap:127.0.0.1:" + imapPort(),
          "smtp:127.0.0.1:" + smtpPort()
        };
  }

  public static GreenMailBackend start() {
    return new GreenMailBackend(GreenMailThreads.start("pop3", "imap", "smtp"));
  }

  public int pop3Port() {
    return greenMail.getPop3().getPort();
  }

  public int imapPort() {
    return greenMail.getImap().getPort();
  }

  public int smtpPort() {
    return greenMail.getSmtp().getPort();
  }

  /** A user whose address is the name itself, or the name at localhost when it has no at sign. */
  public void addUser(String name, String password) {
    String address = name.contains("@") ? name : name + "@localhost";
    greenMail.setUser(address, name, password);
  }

  public void addFolder(String user, String folder) {
    ImapHostManager host = host();
    GreenMailUser owner = owner(user);
    if (host.getFolder(owner, folder) == null) {
      try {
        host.createMailbox(owner, folder);
      } catch (FolderException | AuthorizationException e) {
        throw new IllegalStateException("cannot make folder " + folder + " of " + user, e);
      }
    }
  }

  /** Returns the UID. */
  public long append(String user, String folder, byte[] raw, Instant arrivedAt, Set<String> flags) {
    try {
      var message = new MimeMessage(session, new ByteArrayInputStream(raw));
      return folder(user, folder)
          .appendMessage(message, FlagNames.parse(flags), Date.from(arrivedAt));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** UIDs of what is in the folder, deleted or not, as long as it is not expunged. */
  public List<Long> uids(String user, String folder) {
    var uids = new ArrayList<Long>();
    for (long uid : folder(user, folder).getMessageUids()) {
      uids.add(uid);
    }
    return uids;
  }

  public byte[] raw(String user, String folder, long uid) {
    var out = new ByteArrayOutputStream();
    try {
      message(user, folder, uid).getMimeMessage().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  public Set<String> flags(String user, String folder, long uid) {
    return FlagNames.of(message(user, folder, uid).getFlags());
  }

  public Instant arrivedAt(String user, String folder, long uid) {
    return message(user, folder, uid).getReceivedDate().toInstant();
  }

  /** Sets or clears flags. */
  public void flag(String user, String folder, long uid, Set<String> flags, boolean on) {
    try {
      folder(user, folder).setFlags(FlagNames.parse(flags), on, uid, null, true);
    } catch (FolderException e) {
      throw new IllegalStateException(e);
    }
  }

  public void remove(String user, String folder, long uid) {
    MailFolder in = folder(user, folder);
    if (in.getMessage(uid) != null) {
      try {
        in.setFlags(new Flags(Flags.Flag.DELETED), true, uid, null, true);
        in.expunge(new IdRange[] {new IdRange(uid)});
      } catch (FolderException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Stops the servers and awaits their threads, which GreenMail itself does not. */
  @Override
  public void close() {
    registration.close();
    GreenMailThreads.stop(greenMail, threadPrefixes);
  }

  private MailFolder folder(String user, String folder) {
    MailFolder found = host().getFolder(owner(user), folder);
    if (found == null) {
      throw new IllegalStateException(user + " has no folder " + folder);
    }
    return found;
  }

  private StoredMessage message(String user, String folder, long uid) {
    StoredMessage message = folder(user, folder).getMessage(uid);
    if (message == null) {
      throw new IllegalStateException(folder + " of " + user + " has no message " + uid);
    }
    return message;
  }

  private GreenMailUser owner(String user) {
    return greenMail.getUserManager().getUser(user);
  }

  private ImapHostManager host() {
    return greenMail.getManagers().getImapHostManager();
  }
}
