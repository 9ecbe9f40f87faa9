// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.internal.transcript.Escapes;
import dev.mailbox.testkit.script.Step.Happen;
import dev.mailbox.testkit.script.Step.Hear;
import dev.mailbox.testkit.script.Step.HearLiteral;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of one connection into steps. */
final class ConversationReader {
  private static final Pattern ANY_BYTES = Pattern.compile("^(?:<[0-9]+ bytes>|\\*{3,})");
  private static final Pattern ANY_LITERAL =
      Pattern.compile("(\\{[0-9]+\\+?}) (<[0-9]+ bytes>|\\*{3})");
  private static final Pattern COUNTED = Pattern.compile("<([0-9]{1,9}) bytes>");
  private static final Pattern LEFT_OUT = Pattern.compile("[0-9]+ lines left out");
  private static final Pattern WAIT = Pattern.compile("wait ([0-9]{1,7}) ?(ms|s)");
  // Exceptions cut long lines there.
  private static final int LONGEST = 500;

  private final List<TranscriptLine> lines;
  private final List<Step> steps = new ArrayList<>();
  private final ServerLines server;
  private final Replies replies;
  private int wanted = -1;
  private final StringBuilder literal = new StringBuilder();
  private boolean isContinued;
  private int commands;

  ConversationReader(List<TranscriptLine> lines) {
    this.lines = List.copyOf(lines);
    this.replies = Replies.of(lines);
    this.server = new ServerLines(replies, steps);
  }

  List<Step> steps() {
    return steps;
  }

  /** Reads one line. */
  void read(int index) {
    TranscriptLine line = lines.get(index);
    switch (line.speaker()) {
      case CLIENT -> client(line, line.text());
      case SERVER -> server(line, index);
      default -> event(line);
    }
  }

  private void server(TranscriptLine line, int index) {
    Matcher counted = COUNTED.matcher(line.text());
    if (counted.matches()) {
      server.unknown(line.number(), Integer.parseInt(counted.group(1)), endsElsewhere(index + 1));
    } else {
      server.read(line.number(), Escapes.unescapeLine(line.text()));
    }
    if (wanted >= 0 && literal.length() == 0 && server.hasRefused()) {
      wanted = -1;
      isContinued = false;
    }
  }

  /** Whether a list whose bytes are not known ends in the next line, or was cut. */
  private boolean endsElsewhere(int next) {
    return next == lines.size()
        || lines.get(next).isBy(TranscriptLine.Speaker.NOBODY)
        || lines.get(next).toString().equals("S: .");
  }

  private void client(TranscriptLine line, String text) {
    String rest = text;
    while (wanted >= 0) {
      int end = endOfLiteral(line, rest);
      if (end < 0) {
        return;
      }
      rest = rest.substring(end);
    }
    if (!rest.equals("\\")) {
      clientLine(line, rest);
    }
  }

  /** Where the literal ends in the text; -1 if it goes on in the next line. */
  private int endOfLiteral(TranscriptLine line, String text) {
    Matcher any = ANY_BYTES.matcher(text);
    if (literal.length() == 0 && wanted > 0 && any.find()) {
      announcing(line, true);
      return any.end();
    }
    int end = Escapes.indexAfter(text, wanted - literal.length());
    boolean hasLineEnd = !Escapes.endsOpen(text);
    literal.append(Escapes.unescape(text.substring(0, end)));
    if (literal.length() < wanted) {
      literal.append(hasLineEnd ? "\r\n" : "");
      if (literal.length() > wanted) {
        throw new IllegalArgumentException("the literal ends between CR and LF");
      }
      if (literal.length() == wanted) {
        announcing(line, false);
      }
      return -1;
    }
    announcing(line, false);
    return end;
  }

  private void announcing(TranscriptLine line, boolean any) {
    int last = steps.size() - 1;
    while (any && !(steps.get(last) instanceof Hear)) {
      last--;
    }
    if (any && steps.get(last) instanceof Hear hear) {
      steps.set(last, new Hear(hear.line(), hear.what().withAnySize(), hear.command()));
    }
    steps.add(new HearLiteral(line.number(), any ? null : literal.toString()));
    literal.setLength(0);
    wanted = -1;
  }

  private void clientLine(TranscriptLine line, String text) {
    Matcher inline = ANY_LITERAL.matcher(text);
    if (replies.isTagged() && inline.find()) {
      hear(line, text.substring(0, inline.end(1)));
      client(line, text.substring(inline.start(2)));
      return;
    }
    String whole = Escapes.endsOpen(text) ? text.substring(0, text.length() - 1) : text;
    if (whole.endsWith("\\n")) {
      whole = whole.substring(0, whole.length() - 2);
    }
    if (whole.endsWith("...") && whole.length() >= LONGEST) {
      whole = whole.substring(0, whole.length() - 3) + "***";
    }
    hear(line, whole);
  }

  private void hear(TranscriptLine line, String text) {
    boolean isCommand = !isContinued && replies.isCommand(text);
    var what = ClientLine.of(text, replies.isTagged() && isCommand);
    steps.add(new Hear(line.number(), what, isCommand ? commands : -1));
    if (isCommand) {
      replies.commandCame(what, commands++);
    }
    wanted = replies.isTagged() ? ClientLine.announced(text) : -1;
    isContinued = wanted >= 0;
  }

  private void event(TranscriptLine line) {
    String text = line.text().strip();
    Matcher wait = WAIT.matcher(text);
    if (wait.matches()) {
      long count = Long.parseLong(wait.group(1));
      add(line, Event.WAIT, wait.group(2).equals("s") ? count * 1000 : count);
    } else if (text.startsWith("TLSv")) {
      add(line, Event.STARTTLS, 0);
    } else if (LEFT_OUT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "what was said there is missing; write it in its place, or leave out what is before");
    } else {
      Event event =
          Event.named(text)
              .filter(each -> each != Event.WAIT)
              .orElseThrow(() -> new IllegalArgumentException("behind -- may be " + Event.names()));
      add(line, event, 0);
    }
  }

  private void add(TranscriptLine line, Event event, long millis) {
    steps.add(new Happen(line.number(), event, Duration.ofMillis(millis)));
  }
}
