// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import java.nio.charset.Charset;
import java.util.List;

/** THREAD and UID THREAD (RFC 5256, section 3). */
final class ThreadCommand {
  private ThreadCommand() {}

  static String thread(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    String algorithm = arguments.keyword();
    if (!session.server().offers("THREAD=" + algorithm)) {
      throw Refusal.violation("nothing that makes threads: " + algorithm);
    }
    Charset charset = SearchCommand.charset(arguments.string());
    FolderView view = session.view();
    List<Integer> found =
        SearchCommand.matching(view, new SearchKeys(session, arguments, charset).all());
    ThreadTree tree =
        algorithm.equals("ORDEREDSUBJECT")
            ? ThreadTree.bySubject(view, found)
            : ThreadTree.byReferences(view, found, algorithm.equals("REFS"));
    var line = new StringBuilder("* THREAD");
    String threads = tree.print(number -> byUid ? view.at(number).message().uid() : number);
    reply.line(line.append(threads.isEmpty() ? "" : " ").append(threads).toString());
    return "threaded";
  }
}
