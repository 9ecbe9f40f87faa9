// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import java.nio.file.Path;

/** Appends to a folder of a server that cannot be reached, without end. */
final class AppendingProgram {
  private AppendingProgram() {}

  /** Argument: the store's directory. */
  public static void main(String[] arguments) {
    TestRemote remote = TestRemote.onServer();
    remote.offline = true;
    Mailbox mailbox = StoreFixture.open(Path.of(arguments[0]), remote);
    ChildProcess.say("started");
    for (int i = 0; ; i++) {
      String text = StoreFixture.mailOfSize("n" + i, i % 2 == 0 ? 600_000 : 2000);
      StoreFixture.append(mailbox.inbox(), text, Flag.DRAFT);
      ChildProcess.say(String.valueOf(i));
    }
  }
}
