// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.protocol.Script.Expect;
import dev.mailbox.testkit.protocol.Script.Line;
import dev.mailbox.testkit.protocol.Script.Mark;
import dev.mailbox.testkit.protocol.Script.Send;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Plays a script in POP3. */
final class Pop3Run extends ScriptRun {
  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Pattern LITERAL = Pattern.compile("^\\{[0-9]+\\}\r\n");

  Pop3Run(Script script, ProtocolServer server, ProtocolServer.User user) {
    super(script, server, user);
  }

  @Override
  Peer connect(String name) throws IOException {
    return new Peer(name, server.pop3());
  }

  @Override
  void logIn(Peer peer) throws IOException {
    ask(peer, "");
    ask(peer, "USER " + user.name() + "\r\n");
    ask(peer, "PASS " + user.password() + "\r\n");
  }

  private static void ask(Peer peer, String command) throws IOException {
    peer.wire().send(command);
    String reply = peer.line();
    if (reply == null || !reply.startsWith("+OK")) {
      throw new IOException("refused: " + command + reply);
    }
  }

  @Override
  void act(Peer peer, String what) {
    throw new IllegalArgumentException("not understood: " + what);
  }

  @Override
  void send(Peer peer, Send send) throws IOException {
    peer.wire().send(values.sent(send.text(), peer::call) + "\r\n");
  }

  @Override
  void expect(Peer peer, Expect expect) throws IOException {
    var rest = new ArrayList<Line>(expect.lines());
    while (!rest.isEmpty()) {
      int end = 1;
      while (end < rest.size() && !startsReply(rest.get(end).text())) {
        end++;
      }
      expectReply(peer, rest.subList(0, end));
      rest.subList(0, end).clear();
    }
  }

  private static boolean startsReply(String text) {
    return text.startsWith("+") || text.startsWith("-ERR") || text.equals("closed");
  }

  private void expectReply(Peer peer, List<Line> lines) throws IOException {
    String first = values.expected(lines.get(0).text(), peer::call);
    String reply = peer.line();
    if (first.equals("closed")) {
      same(reply == null, "the end", reply);
      return;
    }
    if (reply == null) {
      throw new AssertionError("the connection ended");
    }
    if (reply.startsWith("+")) {
      peer.challenge(reply.substring(Math.min(2, reply.length())));
    }
    same(matches(first, reply, true), first, reply);
    if (lines.size() > 1) {
      same(lines.get(lines.size() - 1).text().equals("."), "a dot at the end of the script's", "");
      expectBody(lines.subList(1, lines.size() - 1), body(peer), peer);
    }
  }

  private static void same(boolean same, String expected, Object actual) {
    if (!same) {
      throw new AssertionError("expected " + expected + " but there is " + actual);
    }
  }

  private static List<String> body(Peer peer) throws IOException {
    var body = new ArrayList<String>();
    String line = peer.line();
    while (line != null && !line.equals(".")) {
      same(!line.startsWith(".") || line.startsWith(".."), "a dot doubled", line);
      body.add(line.startsWith(".") ? line.substring(1) : line);
      line = peer.line();
    }
    same(line != null, "a dot", "the end");
    return body;
  }

  private void expectBody(List<Line> expected, List<String> body, Peer peer) {
    var wanted = new ArrayList<String>();
    var never = new ArrayList<String>();
    boolean others = expected.stream().anyMatch(line -> line.mark() == Mark.OTHERS);
    for (Line line : expected) {
      if (line.mark() != Mark.OTHERS) {
        List<String> texts = contents(values.expected(line.text(), peer::call));
        (line.mark() == Mark.NEVER ? never : wanted).addAll(texts);
      }
    }
    if (others) {
      wanted.forEach(
          each -> same(body.stream().anyMatch(b -> matches(each, b, false)), each, body));
    } else {
      inOrder(wanted, body);
    }
    never.forEach(
        each -> same(body.stream().noneMatch(b -> matches(each, b, false)), "no " + each, body));
  }

  private void inOrder(List<String> wanted, List<String> body) {
    same(wanted.size() == body.size(), wanted.size() + " lines", body);
    for (int i = 0; i < wanted.size(); i++) {
      same(matches(wanted.get(i), body.get(i), false), wanted.get(i), body.get(i));
    }
  }

  private static List<String> contents(String text) {
    var literal = LITERAL.matcher(text);
    if (!literal.find()) {
      return List.of(text);
    }
    return text.substring(literal.end()).lines().toList();
  }

  /** Word by word; what follows the words of a state is for people. */
  private boolean matches(String expected, String actual, boolean isState) {
    if (expected.equals(actual)) {
      return true;
    }
    List<String> wanted = SPACE.splitAsStream(expected).toList();
    List<String> words = SPACE.splitAsStream(actual).toList();
    if (isState ? wanted.size() > words.size() : wanted.size() != words.size()) {
      return false;
    }
    Map<String, Node> bound = values.bound();
    for (int i = 0; i < wanted.size(); i++) {
      var next = new HashMap<String, Node>();
      Node word = Node.atom(wanted.get(i));
      boolean fits =
          ReplyMatcher.node(
              word,
              Node.atom(words.get(i)),
              bound,
              b -> {
                next.putAll(b);
                return true;
              });
      if (!fits) {
        return false;
      }
      bound = next;
    }
    values.bind(bound);
    return true;
  }
}
