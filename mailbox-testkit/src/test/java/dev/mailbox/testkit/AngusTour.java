// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.net.URI;
import java.util.Properties;

/** What an independent client sees of a server over the four ways in. */
final class AngusTour {
  private AngusTour() {}

  /** Reads the first message over every protocol, then deletes it over POP3. */
  static void readAndDelete(MailServer server, String subject) throws Exception {
    var inbox = server.user("alice", "secret").inbox();
    for (String url : new String[] {server.imapUrl(), server.imapsUrl(), server.pop3sUrl()}) {
      try (Store store = connect(server, url)) {
        Folder folder = open(store, Folder.READ_ONLY);
        assertThat(folder.getMessage(1).getSubject()).isEqualTo(subject);
        folder.close(false);
      }
    }
    int before = inbox.count();
    try (Store store = connect(server, server.pop3Url())) {
      Folder folder = open(store, Folder.READ_WRITE);
      Message message = folder.getMessage(1);
      assertThat(message.getSubject()).isEqualTo(subject);
      message.setFlag(Flags.Flag.DELETED, true);
      folder.close(true);
    }
    assertThat(inbox.count()).isEqualTo(before - 1);
  }

  /** Marks the first message as seen over IMAP. */
  static void markSeen(MailServer server) throws Exception {
    try (Store store = connect(server, server.imapUrl())) {
      Folder folder = open(store, Folder.READ_WRITE);
      folder.getMessage(1).setFlag(Flags.Flag.SEEN, true);
      folder.close(false);
    }
  }

  private static Folder open(Store store, int mode) throws Exception {
    Folder folder = store.getFolder("INBOX");
    folder.open(mode);
    return folder;
  }

  private static Store connect(MailServer server, String url) throws Exception {
    URI address = URI.create(url);
    var properties = new Properties();
    String prefix = "mail." + address.getScheme() + ".";
    properties.put(
        prefix + "ssl.socketFactory", server.certificates().clientContext().getSocketFactory());
    properties.put(prefix + "ssl.checkserveridentity", "true");
    Store store = Session.getInstance(properties).getStore(address.getScheme());
    store.connect("localhost", address.getPort(), "alice", "secret");
    return store;
  }
}
