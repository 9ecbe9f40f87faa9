// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.protocol.Script.Act;
import dev.mailbox.testkit.protocol.Script.Expect;
import dev.mailbox.testkit.protocol.Script.Line;
import dev.mailbox.testkit.protocol.Script.Send;
import dev.mailbox.testkit.protocol.Script.Step;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plays one script on one server. */
abstract class ScriptRun implements AutoCloseable {
  final Script script;
  final ProtocolServer server;
  final ProtocolServer.User user;
  final Values values;
  private final Map<String, Peer> peers = new LinkedHashMap<>();

  ScriptRun(Script script, ProtocolServer server, ProtocolServer.User user) {
    this.script = script;
    this.server = server;
    this.user = user;
    this.values = new Values(script.texts());
    values.set("user", user.name());
    values.set("password", user.password());
  }

  /** A connection that has heard nothing yet. */
  abstract Peer connect(String name) throws IOException;

  /** Brings a new connection to where commands are usual. */
  abstract void logIn(Peer peer) throws IOException;

  abstract void send(Peer peer, Send send) throws IOException;

  abstract void expect(Peer peer, Expect expect) throws IOException;

  /** Does what only this protocol knows. */
  abstract void act(Peer peer, String what) throws IOException;

  /**
   * Plays it to its end.
   *
   * @throws AssertionError with the line, what came and all that was said, at the first mismatch
   */
  final void play() {
    for (Step step : script.steps()) {
      try {
        play(step);
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError(report(step, e), e);
      }
    }
  }

  private void play(Step step) throws IOException {
    if (step instanceof Send send) {
      Peer peer = peer(send.connection());
      if (!send.raw()) {
        peer.forget();
      }
      send(peer, send);
    } else if (step instanceof Expect expect) {
      expect(peer(expect.connection()), expect);
    } else if (step instanceof Act act && act.connection().isEmpty()) {
      compute(act.text());
    } else if (step instanceof Act act) {
      act(act);
    }
  }

  private Peer peer(String name) throws IOException {
    Peer known = peers.get(name);
    if (known != null) {
      return known;
    }
    Peer opened = open(name);
    logIn(opened);
    opened.forget();
    return opened;
  }

  private Peer open(String name) throws IOException {
    Peer old = peers.remove(name);
    if (old != null) {
      old.close();
    }
    Peer opened = connect(name);
    peers.put(name, opened);
    return opened;
  }

  private void act(Act act) throws IOException {
    switch (act.text()) {
      case "connect" -> open(act.connection());
      case "login" -> logIn(open(act.connection()));
      case "drop" -> peer(act.connection()).close();
      case "tls" -> peer(act.connection()).wire().startTls(server.tls());
      default -> act(peer(act.connection()), act.text());
    }
  }

  private void compute(String text) {
    if (text.startsWith("deliver ")) {
      user.deliver(values.text(text.substring(8)).getBytes(ISO_8859_1));
    } else if (text.startsWith("quota ")) {
      user.quota(Long.parseLong(text.substring(6)));
    } else {
      Arithmetic.run(text, values);
    }
  }

  private String report(Step step, Throwable cause) {
    String name = connection(step);
    Peer peer = peers.get(name);
    String came = peer == null ? "" : "\nreceived:\n" + peer.received();
    String all = peer == null ? "" : "\nall of " + name + ":\n" + peer.wire().transcript();
    return script.file()
        + ":"
        + step.line()
        + ": "
        + (cause instanceof IOException ? cause.toString() : cause.getMessage())
        + "\nexpected:\n"
        + Wire.readable(asked(step))
        + came
        + all;
  }

  private static String connection(Step step) {
    if (step instanceof Send send) {
      return send.connection();
    }
    return step instanceof Expect expect ? expect.connection() : ((Act) step).connection();
  }

  private static String asked(Step step) {
    if (step instanceof Expect expect) {
      return expect.lines().stream().map(ScriptRun::shown).collect(Collectors.joining("\n"));
    }
    return step instanceof Send send ? "  to send " + send.text() : "  " + ((Act) step).text();
  }

  private static String shown(Line line) {
    String mark =
        switch (line.mark()) {
          case NEVER -> "not ";
          case MAY -> "maybe ";
          default -> "";
        };
    return "  " + mark + line.text();
  }

  /** The lines as a person reads them, for messages. */
  static String lines(List<?> lines) {
    return lines.stream().map(Object::toString).map(Wire::readable).toList().toString();
  }

  @Override
  public void close() throws IOException {
    for (Peer peer : peers.values()) {
      peer.close();
    }
  }
}
