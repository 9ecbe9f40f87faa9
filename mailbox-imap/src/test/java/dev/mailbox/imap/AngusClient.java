// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;

/** Angus Mail as the other client of an account: it sees, and it does, and shares no code. */
final class AngusClient implements AutoCloseable {
  private static final Map<Flags.Flag, String> NAMES =
      Map.of(
          Flags.Flag.SEEN, "\\seen",
          Flags.Flag.ANSWERED, "\\answered",
          Flags.Flag.FLAGGED, "\\flagged",
          Flags.Flag.DRAFT, "\\draft",
          Flags.Flag.DELETED, "\\deleted");

  private static final String EVERYTHING = "UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[]";

  private final IMAPStore store;

  private AngusClient(IMAPStore store) {
    this.store = store;
  }

  /** Something that is done in an open folder. */
  interface Work<T> {
    T in(IMAPFolder folder) throws MessagingException;
  }

  static AngusClient connect(int port, String user, String password) {
    Properties properties = new Properties();
    try {
      IMAPStore store = (IMAPStore) Session.getInstance(properties).getStore("imap");
      store.connect("localhost", port, user, password);
      return new AngusClient(store);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Full names of all folders that can hold messages, with their attributes in lower case. */
  Map<String, Set<String>> folders() {
    try {
      Map<String, Set<String>> folders = new TreeMap<>();
      for (Folder folder : store.getDefaultFolder().list("*")) {
        if ((folder.getType() & Folder.HOLDS_MESSAGES) != 0) {
          Set<String> attributes = new HashSet<>();
          for (String attribute : ((IMAPFolder) folder).getAttributes()) {
            attributes.add(attribute.toLowerCase(Locale.ROOT));
          }
          folders.put(folder.getFullName(), attributes);
        }
      }
      return folders;
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What is in a folder, in the order of UIDs. By the parser of responses alone, since Angus's
   * messages cannot tell their dates of arrival where it cannot read the server's envelope.
   */
  List<Seen> read(String name) {
    return in(name, Folder.READ_ONLY, AngusClient::read);
  }

  private static List<Seen> read(IMAPFolder folder) throws MessagingException {
    int count = folder.getMessageCount();
    List<Seen> seen = new ArrayList<>();
    if (count > 0) {
      Response[] responses =
          (Response[]) folder.doCommand(protocol -> protocol.fetch(1, count, EVERYTHING));
      for (Response response : responses) {
        if (response instanceof FetchResponse fetched) {
          seen.add(seen(fetched));
        }
      }
    }
    return seen;
  }

  private static Seen seen(FetchResponse fetched) {
    byte[] raw = fetched.getItem(BODY.class).getByteArray().getNewBytes();
    return new Seen(
        fetched.getItem(UID.class).uid,
        names(fetched.getItem(FLAGS.class)),
        fetched.getItem(INTERNALDATE.class).getDate().toInstant(),
        fetched.getItem(RFC822SIZE.class).size,
        Seen.hash(raw));
  }

  private static Set<String> names(Flags flags) {
    Set<String> names = new HashSet<>();
    for (Flags.Flag flag : flags.getSystemFlags()) {
      if (NAMES.containsKey(flag)) {
        names.add(NAMES.get(flag));
      }
    }
    for (String keyword : flags.getUserFlags()) {
      names.add(keyword.toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /** Makes a folder. */
  void create(String name) {
    try {
      if (!store.getFolder(name).create(Folder.HOLDS_MESSAGES | Folder.HOLDS_FOLDERS)) {
        throw new IllegalStateException("not made: " + name);
      }
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  void rename(String name, String to) {
    try {
      if (!store.getFolder(name).renameTo(store.getFolder(to))) {
        throw new IllegalStateException("not renamed: " + name);
      }
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  void remove(String name) {
    try {
      if (!store.getFolder(name).delete(false)) {
        throw new IllegalStateException("not deleted: " + name);
      }
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Appends bytes as they are: a message object would be written anew, in its own way.
   *
   * @param date as in APPEND, with any zone
   */
  void append(String name, byte[] raw, String date, String... flags) {
    in(
        name,
        Folder.READ_WRITE,
        folder ->
            folder.doCommand(
                protocol -> {
                  Argument list = new Argument();
                  for (String flag : flags) {
                    list.writeAtom(flag);
                  }
                  Argument arguments = new Argument();
                  arguments.writeString(BASE64MailboxEncoder.encode(name));
                  arguments.writeArgument(list);
                  arguments.writeString(date);
                  arguments.writeBytes(raw);
                  protocol.simpleCommand("APPEND", arguments);
                  return true;
                }));
  }

  /** Sets or clears flags. */
  void flag(String name, long uid, boolean set, Flags flags) {
    in(
        name,
        Folder.READ_WRITE,
        folder -> {
          folder.getMessageByUID(uid).setFlags(flags, set);
          return true;
        });
  }

  void move(String name, long uid, String to) {
    in(
        name,
        Folder.READ_WRITE,
        folder -> {
          folder.moveMessages(new Message[] {folder.getMessageByUID(uid)}, store.getFolder(to));
          return true;
        });
  }

  void copy(String name, long uid, String to) {
    in(
        name,
        Folder.READ_WRITE,
        folder -> {
          folder.copyMessages(new Message[] {folder.getMessageByUID(uid)}, store.getFolder(to));
          return true;
        });
  }

  /** Removes for good what is marked as deleted. */
  void expunge(String name) {
    in(name, Folder.READ_WRITE, IMAPFolder::expunge);
  }

  private <T> T in(String name, int mode, Work<T> work) {
    try {
      IMAPFolder folder = (IMAPFolder) store.getFolder(name);
      folder.open(mode);
      try {
        return work.in(folder);
      } finally {
        folder.close(false);
      }
    } catch (MessagingException e) {
      throw new IllegalStateException(name, e);
    }
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
