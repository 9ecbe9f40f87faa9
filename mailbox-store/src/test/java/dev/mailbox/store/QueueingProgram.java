// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import java.nio.file.Path;

/** Acts on mail that lives on a server that cannot be reached, without end. */
final class QueueingProgram {
  private QueueingProgram() {}

  /** Argument: the store's directory. */
  public static void main(String[] arguments) {
    ServerFixture fixture = new ServerFixture(Path.of(arguments[0]));
    fixture.goOffline();
    ChildProcess.say("started");
    for (int i = 0; ; i++) {
      FolderPath target = i % 2 == 0 ? ServerFixture.WORK : FolderPath.INBOX;
      fixture.message("one").moveTo(target);
      fixture.message("two").mark(Flag.keyword("k" + i));
      ChildProcess.say(String.valueOf(i));
    }
  }
}
