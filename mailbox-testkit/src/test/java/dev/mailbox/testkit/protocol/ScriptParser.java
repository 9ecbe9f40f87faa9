// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.protocol.Script.Act;
import dev.mailbox.testkit.protocol.Script.Expect;
import dev.mailbox.testkit.protocol.Script.Line;
import dev.mailbox.testkit.protocol.Script.Mark;
import dev.mailbox.testkit.protocol.Script.Send;
import dev.mailbox.testkit.protocol.Script.Step;
import dev.mailbox.testkit.protocol.Script.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a script as it is meant for one server. */
final class ScriptParser {
  private static final Pattern ONLY = Pattern.compile("@(!?)([a-z,]+) +(.*)");
  private static final Pattern TALK = Pattern.compile("([A-Z])(>>|>|<[!?]?|:) ?(.*)");
  private static final Pattern TEXT = Pattern.compile("(text|mail) ([a-z][a-z0-9]*) *(.*)");
  private static final Pattern BOX = Pattern.compile("box: ([0-9]+) messages");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern SPACE = Pattern.compile(" +");

  /** Ends what is expected: a state under a tag, a continuation, the end, or a POP3 reply. */
  private static final Pattern LAST =
      Pattern.compile(
          "((OK|NO|BAD|[a-z]+[0-9]+(,[a-z]+[0-9]+)* (OK|NO|BAD))\\b.*)|\\+( .*)?|closed|\\.|-ERR.*");

  private final String file;
  private final String server;
  private final List<String> requires = new ArrayList<>();
  private final Map<String, Text> texts = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Line> expected = new ArrayList<>();
  private String expecting = "";
  private String except = "";
  private int number;

  private ScriptParser(String file, String server) {
    this.file = file;
    this.server = server;
  }

  /**
   * The script for that server.
   *
   * @throws IllegalArgumentException with file and line for what is not understood
   */
  static Script parse(String file, List<String> lines, String server) {
    var parser = new ScriptParser(file, server);
    while (parser.number < lines.size()) {
      parser.line(lines);
    }
    parser.endExpect();
    parser.checkCommands();
    return new Script(file, parser.requires, parser.except, parser.texts, parser.steps);
  }

  private void line(List<String> lines) {
    String line = lines.get(number++);
    Matcher only = ONLY.matcher(line);
    if (only.matches()) {
      boolean named = COMMA.splitAsStream(only.group(2)).anyMatch(server::equals);
      if (only.group(1).isEmpty() != named) {
        return;
      }
      line = only.group(3);
    }
    Matcher talk = TALK.matcher(line);
    Matcher text = TEXT.matcher(line);
    if (talk.matches()) {
      talk(talk.group(1), talk.group(2), talk.group(3));
    } else if (text.matches()) {
      endExpect();
      text(text, lines);
    } else {
      other(line);
    }
  }

  private void other(String line) {
    Matcher box = BOX.matcher(line);
    if (line.startsWith("except: ")) {
      except = line.startsWith(server + " ", 8) ? line.substring(8) : except;
    } else if (line.startsWith("requires: ")) {
      SPACE.splitAsStream(line.substring(10).strip()).forEach(requires::add);
    } else if (box.matches()) {
      for (int i = 1; i <= Integer.parseInt(box.group(1)); i++) {
        texts.put("m" + i, plainMail(i));
      }
    } else if (line.matches("(check|let|deliver|quota) .*")) {
      endExpect();
      steps.add(new Act(number, "", line));
    } else if (!line.isBlank() && !line.startsWith("#")) {
      throw new IllegalArgumentException(where() + "not understood: " + line);
    }
  }

  private void talk(String connection, String arrow, String text) {
    if (!arrow.startsWith("<")) {
      endExpect();
      steps.add(
          arrow.equals(":")
              ? new Act(number, connection, text)
              : new Send(number, connection, text, arrow.equals(">>")));
      return;
    }
    if (!connection.equals(expecting)) {
      endExpect();
    }
    expecting = connection;
    Mark mark =
        switch (arrow) {
          case "<!" -> Mark.NEVER;
          case "<?" -> Mark.MAY;
          default -> text.equals("...") ? Mark.OTHERS : Mark.MUST;
        };
    expected.add(new Line(number, mark, text));
    if (mark == Mark.MUST && LAST.matcher(text).matches()) {
      endExpect();
    }
  }

  private void endExpect() {
    if (!expected.isEmpty()) {
      steps.add(new Expect(expected.get(0).line(), expecting, List.copyOf(expected)));
      expected.clear();
    }
    expecting = "";
  }

  private void text(Matcher head, List<String> lines) {
    var content = new StringBuilder();
    while (number < lines.size() && lines.get(number).startsWith("|")) {
      String line = lines.get(number++);
      content.append(line.substring(Math.min(2, line.length()))).append("\r\n");
    }
    boolean mail = head.group(1).equals("mail");
    String name = head.group(2);
    texts.put(name, new Text(name, content.toString(), mail, head.group(3)));
  }

  private static Text plainMail(int number) {
    String content =
        String.join(
            "\r\n",
            "From: Ann <ann@example.org>",
            "To: Bob <bob@example.org>",
            "Subject: message " + number,
            "Date: Mon, 0" + number + " Jan 2024 10:00:00 +0000",
            "Message-ID: <m" + number + "@example.org>",
            "",
            "Text of message " + number + ".",
            "");
    return new Text("m" + number, content, true, "\" " + number + "-Jan-2024 10:00:00 +0000\"");
  }

  /** A command that nothing is expected of tests nothing. */
  private void checkCommands() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Send send && !expectedAfter(i, send.connection())) {
        number = send.line();
        throw new IllegalArgumentException(where() + "nothing is expected: " + send.text());
      }
    }
  }

  private boolean expectedAfter(int index, String connection) {
    for (Step step : steps.subList(index + 1, steps.size())) {
      if (step instanceof Expect expect && expect.connection().equals(connection)) {
        return true;
      }
      if (step instanceof Send send && send.connection().equals(connection) && !send.raw()) {
        return false;
      }
    }
    return false;
  }

  private String where() {
    return file + ":" + number + ": ";
  }
}
