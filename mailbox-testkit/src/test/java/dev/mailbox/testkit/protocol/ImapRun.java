// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.protocol.Script.Expect;
import dev.mailbox.testkit.protocol.Script.Line;
import dev.mailbox.testkit.protocol.Script.Send;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays a script in IMAP. */
final class ImapRun extends ScriptRun {
  private static final Pattern SYNC_LITERAL = Pattern.compile("\\{([0-9]+)\\}\r\n");

  /** RFC 3501, section 9, resp-text: there is at least one character. */
  private static final Pattern WITHOUT_TEXT =
      Pattern.compile("[^+ ]\\S* (OK|NO|BAD|BYE|PREAUTH)( \\[[^\\]]*\\])? ?");

  private static final Pattern COMMA = Pattern.compile(",");

  ImapRun(Script script, ProtocolServer server, ProtocolServer.User user) {
    super(script, server, user);
  }

  @Override
  Peer connect(String name) throws IOException {
    return new Peer(name, server.imap());
  }

  @Override
  void logIn(Peer peer) throws IOException {
    ask(peer, "");
    ask(peer, "LOGIN " + user.name() + " " + user.password());
  }

  @Override
  void act(Peer peer, String what) throws IOException {
    switch (what) {
      case "select" -> ask(peer, "SELECT " + values.value("$box"));
      case "deflate" -> peer.wire().startDeflate();
      default -> throw new IllegalArgumentException("not understood: " + what);
    }
  }

  /** Says a command, or awaits the greeting, that is not what the script is about. */
  static void ask(Peer peer, String command) throws IOException {
    String end = "* ";
    if (!command.isEmpty()) {
      end = peer.nextTag() + " ";
      peer.wire().send(peer.tag() + " " + command + "\r\n");
    }
    awaitOk(peer, end, command);
  }

  static void awaitOk(Peer peer, String end, String command) throws IOException {
    String line = peer.reply();
    while (line != null && !line.startsWith(end)) {
      line = peer.reply();
    }
    if (line == null || !line.startsWith(end + "OK")) {
      throw new IOException("refused: " + command + ": " + line);
    }
  }

  @Override
  void send(Peer peer, Send send) throws IOException {
    String tag = send.raw() ? "" : peer.nextTag() + " ";
    values.set("tag", peer.tag());
    sendInParts(peer, tag + values.sent(send.text(), peer::call) + "\r\n");
  }

  /** Waits before each literal that the server has to agree to. */
  static void sendInParts(Peer peer, String text) throws IOException {
    int from = 0;
    int looked = 0;
    Matcher literal = SYNC_LITERAL.matcher(text);
    while (literal.find(looked) && literal.end() < text.length()) {
      peer.wire().send(text.substring(from, literal.end()));
      from = literal.end();
      looked = from + Integer.parseInt(literal.group(1));
      if (!isWelcome(peer)) {
        return;
      }
    }
    peer.wire().send(text.substring(from));
  }

  private static boolean isWelcome(Peer peer) throws IOException {
    String reply = peer.reply();
    while (reply != null && reply.startsWith("* ")) {
      peer.unread(reply);
      reply = peer.wire().lineWithLiterals();
    }
    if (reply != null && !reply.startsWith("+")) {
      peer.unread(reply);
      return false;
    }
    return reply != null;
  }

  @Override
  void expect(Peer peer, Expect expect) throws IOException {
    List<Line> lines = expect.lines();
    Line last = lines.get(lines.size() - 1);
    if (Group.isData(last)) {
      expectPushes(peer, group(peer, lines));
      return;
    }
    var group = group(peer, lines.subList(0, lines.size() - 1));
    if (last.text().equals("closed")) {
      expectEnd(peer, group);
    } else {
      expectUpTo(peer, group, last(peer, last.text()));
    }
  }

  private Group group(Peer peer, List<Line> lines) {
    return new Group(lines, server.isTalkative(), text -> parsed(peer, text));
  }

  /** Reads until all that must come has come. */
  private void expectPushes(Peer peer, Group group) throws IOException {
    Group.Result result = group.match(values.bound());
    while (!result.isGood()) {
      String wrong = result.wrong();
      List<Node> reply = received(peer, wrong);
      if (reply.isEmpty() || !reply.get(0).isAtom("*")) {
        throw new AssertionError(wrong + "and then came " + lines(reply));
      }
      group.add(reply);
      result = group.match(values.bound());
    }
    values.bind(result.bound());
  }

  private void expectEnd(Peer peer, Group group) throws IOException {
    List<Node> reply = received(peer, "");
    while (!reply.isEmpty()) {
      group.add(reply);
      reply = received(peer, "");
    }
    bind(group.match(values.bound()));
  }

  /** Reads to the end, or to those of several commands in whichever order they come. */
  private void expectUpTo(Peer peer, Group group, List<Node> last) throws IOException {
    var tags = new ArrayList<String>(COMMA.splitAsStream(last.get(0).text()).toList());
    while (true) {
      List<Node> end = replyAfterData(peer, group);
      String tag = tags.size() == 1 ? tags.get(0) : end.get(0).text();
      List<Node> wanted = new ArrayList<>(last);
      wanted.set(0, Node.atom(tag));
      List<Node> compared = wanted.size() == 1 ? end.subList(0, 1) : end;
      if (!tags.remove(tag) || !ReplyMatcher.lines(wanted, compared, values.bound(), b -> true)) {
        bind(group.match(values.bound()));
        throw new AssertionError("another end was expected: " + lines(end));
      }
      if (tags.isEmpty()) {
        bind(group.match(values.bound(), wanted, compared));
        return;
      }
    }
  }

  private List<Node> replyAfterData(Peer peer, Group group) throws IOException {
    List<Node> reply = received(peer, "");
    while (!reply.isEmpty() && reply.get(0).isAtom("*")) {
      group.add(reply);
      reply = received(peer, "");
    }
    if (reply.isEmpty()) {
      throw new AssertionError("the connection ended");
    }
    return reply;
  }

  private void bind(Group.Result result) {
    if (!result.isGood()) {
      throw new AssertionError(result.wrong());
    }
    values.bind(result.bound());
  }

  private List<Node> last(Peer peer, String text) {
    if (text.equals("+")) {
      return List.of(Node.atom("+"));
    }
    boolean ownTag = text.matches("(OK|NO|BAD)\\b.*");
    return parsed(peer, ownTag ? peer.tag() + " " + text : text);
  }

  private List<Node> parsed(Peer peer, String text) {
    return Shape.of(ReplyParser.parse(values.expected(text, peer::call)));
  }

  /** The next reply in parts, or none at the end. */
  private List<Node> received(Peer peer, String missed) throws IOException {
    try {
      String reply = peer.reply();
      if (reply == null) {
        return List.of();
      }
      if (reply.startsWith("+")) {
        peer.challenge(reply.substring(Math.min(2, reply.length())));
      }
      if (WITHOUT_TEXT.matcher(reply).matches()) {
        throw new IllegalArgumentException("no text for people: " + reply);
      }
      return Shape.of(ReplyParser.parse(reply));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new AssertionError("malformed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw missed.isEmpty() ? e : new IOException(missed + ": " + e.getMessage(), e);
    }
  }
}
