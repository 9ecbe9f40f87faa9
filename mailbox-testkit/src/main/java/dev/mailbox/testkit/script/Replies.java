// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.script.TranscriptLine.Speaker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which reply ends with which line: under its tag in IMAP, in order in POP3, where some replies
 * have more lines. Of another protocol nothing is known.
 */
final class Replies {
  private static final Pattern TAGGED_STATUS = Pattern.compile("\\S+ (OK|NO|BAD)( .*)?");
  private static final Set<String> WITH_MESSAGE = Set.of("RETR", "TOP");
  private static final Set<String> WITH_LIST = Set.of("CAPA");
  private static final Set<String> WITH_LIST_IF_ALONE = Set.of("LIST", "UIDL", "AUTH");

  private final Protocol protocol;
  private final Map<String, Integer> tags = new HashMap<>();
  private final Set<String> allTags = new HashSet<>();
  private final Deque<Command> unanswered = new ArrayDeque<>();
  private @Nullable Command inLines;
  private boolean inSasl;

  private enum Protocol {
    IMAP,
    POP3,
    OTHER
  }

  private record Command(int number, boolean hasMessage, boolean hasLines) {}

  private Replies(Protocol protocol) {
    this.protocol = protocol;
  }

  static Replies of(List<TranscriptLine> lines) {
    for (TranscriptLine line : lines) {
      if (line.isBy(Speaker.SERVER)) {
        String text = line.text();
        if (text.startsWith("* ") || TAGGED_STATUS.matcher(text).matches()) {
          return new Replies(Protocol.IMAP);
        }
        if (text.startsWith("+OK") || text.startsWith("-ERR")) {
          return new Replies(Protocol.POP3);
        }
      }
    }
    return new Replies(Protocol.OTHER);
  }

  boolean isTagged() {
    return protocol == Protocol.IMAP;
  }

  boolean isCommand(String line) {
    return protocol == Protocol.IMAP ? line.indexOf(' ') > 0 : protocol == Protocol.POP3 && !inSasl;
  }

  void commandCame(ClientLine line, int number) {
    if (protocol == Protocol.IMAP) {
      tags.put(line.tag(), number);
      allTags.add(line.tag());
    } else {
      String word = line.command();
      boolean hasMessage = WITH_MESSAGE.contains(word);
      boolean hasLines =
          hasMessage
              || WITH_LIST.contains(word)
              || (WITH_LIST_IF_ALONE.contains(word) && !line.hasArguments());
      unanswered.add(new Command(number, hasMessage, hasLines));
    }
  }

  /** Whether a client has given its command that tag. */
  boolean isTag(String word) {
    return allTags.contains(word);
  }

  /** The number of the command whose reply this line of the server ends, or -1. */
  int answeredBy(String line) {
    return switch (protocol) {
      case IMAP -> answeredByTag(line);
      case POP3 -> answeredInTurn(line);
      case OTHER -> -1;
    };
  }

  /** Whether the lines of a POP3 reply come, up to a dot. */
  boolean isInLines() {
    return inLines != null;
  }

  /** Whether these are the lines of a message. */
  boolean isInMessage() {
    return inLines != null && inLines.hasMessage;
  }

  private int answeredByTag(String line) {
    int space = line.indexOf(' ');
    Integer number = space < 0 ? null : tags.remove(line.substring(0, space));
    return number == null ? -1 : number;
  }

  private int answeredInTurn(String line) {
    if (inLines != null) {
      int number = inLines.number;
      if (!line.equals(".")) {
        return -1;
      }
      inLines = null;
      return number;
    }
    boolean isStatus = line.startsWith("+OK") || line.startsWith("-ERR");
    inSasl = !isStatus && line.startsWith("+");
    Command command = isStatus ? unanswered.poll() : null;
    if (command == null) {
      return -1;
    }
    if (command.hasLines && line.startsWith("+OK")) {
      inLines = command;
      return -1;
    }
    return command.number;
  }
}
