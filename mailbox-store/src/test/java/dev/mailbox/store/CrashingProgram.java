// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.search.Query;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Appends, moves, deletes and synchronizes without end, and says what it was told to be durable:
 * {@code + id name size} for a message, {@code - id} for one that it is about to delete.
 */
final class CrashingProgram {
  static final FolderPath KEPT = FolderPath.of("Kept");
  private final Mailbox mailbox;
  private final TestRemote remote;
  private final Random random;

  private CrashingProgram(Path directory, long seed) {
    remote = TestRemote.local();
    mailbox = StoreFixture.open(directory, remote);
    random = new Random(seed);
    mailbox.createFolder(KEPT);
  }

  /** Arguments: the store's directory, a seed. */
  public static void main(String[] arguments) {
    CrashingProgram program =
        new CrashingProgram(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    ChildProcess.say("started");
    for (int i = 0; ; i++) {
      program.step("n" + arguments[1] + "x" + i + ".");
    }
  }

  static String text(String name, int size) {
    return StoreFixture.mailOfSize(name, size);
  }

  private int size() {
    return random.nextInt(5) == 0 ? 300_000 + random.nextInt(900_000) : 300 + random.nextInt(9000);
  }

  private void step(String name) {
    switch (random.nextInt(6)) {
      case 0, 1 -> append(mailbox.inbox(), name);
      case 2 -> moveSome();
      case 3 -> deleteOne();
      default -> sync(name);
    }
  }

  private void append(Folder folder, String name) {
    int size = size();
    MessageId id = StoreFixture.append(folder, text(name, size));
    ChildProcess.say("+ " + id + " " + name + " " + size);
  }

  private void moveSome() {
    mailbox.inbox().search(Query.all().limit(3)).moveTo(KEPT);
  }

  private void deleteOne() {
    List<Message> page = mailbox.folder(KEPT).orElseThrow().newest(1);
    for (Message message : page) {
      ChildProcess.say("- " + message.id());
      message.delete();
    }
  }

  private void sync(String name) {
    int size = size();
    String small = name.replace('n', 's');
    deliver(name, size);
    deliver(small, 500);
    mailbox.sync();
    say(name, size);
    say(small, 500);
  }

  /** Under keys that no run before has used. */
  private void deliver(String name, int size) {
    remote.server.put(
        FolderPath.INBOX, name, new TestServer.Mail(text(name, size), java.util.Set.of()));
  }

  private void say(String name, int size) {
    MessageId id = StoreFixture.bySubject(mailbox, name).id();
    ChildProcess.say("+ " + id + " " + name + " " + size);
  }
}
