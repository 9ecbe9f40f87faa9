// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.cyrus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The administrator, who makes all folders in one session: Cyrus 3.6 names the files of a folder by
 * a number that it takes for random, and that is the same in processes which began in the same
 * second. Folders that two of them make can get each other's mail.
 */
final class Admin implements AutoCloseable {
  static final String NAME = "cyrus";

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> made = new HashSet<>();
  private final ImapTalk talk;

  Admin(ImapTalk talk) {
    this.talk = talk;
  }

  /** Makes a folder of a user, if it was not made before. */
  void make(String user, String folder) {
    String name = "user/" + user + (folder.equals("INBOX") ? "" : "/" + folder);
    lock.lock();
    try {
      if (!made.contains(name)) {
        ImapTalk.Answer unused = talk.ask("CREATE " + ImapTalk.quoted(name)).orFail("CREATE");
        made.add(name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    talk.close();
  }
}
