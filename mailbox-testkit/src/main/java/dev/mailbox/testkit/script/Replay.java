// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.script.Step.Happen;
import dev.mailbox.testkit.script.Step.Hear;
import dev.mailbox.testkit.script.Step.HearLiteral;
import dev.mailbox.testkit.script.Step.Say;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Plays the steps of a transcript in one connection. */
final class Replay {
  private final List<Step> steps;
  private final ScriptedConnection connection;
  private final Map<String, String> tags = new HashMap<>();
  private final Spoken spoken = new Spoken();
  private int announced;

  private Replay(List<Step> steps, ScriptedConnection connection) {
    this.steps = steps;
    this.connection = connection;
  }

  static void play(List<Step> steps, ScriptedConnection connection) {
    new Replay(steps, connection).play();
  }

  private void play() {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      try {
        play(step, i);
      } catch (IOException e) {
        // A client that has said all of it need not hear the rest.
        if (steps.subList(i, steps.size()).stream().anyMatch(Replay::isHeard)) {
          throw failure(step, "the connection broke: " + e);
        }
        return;
      }
      if (step instanceof Happen happen && happen.event().isLast()) {
        return;
      }
    }
  }

  private void play(Step step, int index) throws IOException {
    if (step instanceof Say say) {
      String tag = tags.getOrDefault(say.tag(), say.tag());
      String text = say.before() + tag + say.after();
      spoken.server(text);
      connection.send(text);
    } else if (step instanceof Hear hear) {
      connection.waitsFor(() -> "it waits at line " + hear.line() + " of the script");
      hear(hear, index);
    } else if (step instanceof HearLiteral literal) {
      hear(literal);
    } else if (step instanceof Happen happen) {
      happen(happen);
    }
  }

  private void hear(Hear hear, int index) throws IOException {
    ClientLine what = hear.what();
    String said = connection.readLine();
    if (said == null) {
      throw failure(hear, "expected <" + what.shown("") + "> but the client closed");
    }
    if (what.takesTheRest() && !what.tag().isEmpty()) {
      said = withLiterals(said);
    }
    String shown = spoken.client(said);
    if (!what.matches(said)) {
      throw failure(hear, new NearMiss(steps, index, said, shown).toString());
    }
    String tag = what.tag().isEmpty() ? null : ClientLine.tagOf(said);
    if (tag != null) {
      tags.put(what.tag(), tag);
    }
    announced = ClientLine.announced(said);
  }

  /** Literals are a part of what may be anything. */
  private String withLiterals(String line) throws IOException {
    var said = new StringBuilder(line);
    String last = line;
    while (ClientLine.announced(last) >= 0) {
      if (ClientLine.waits(last)) {
        connection.sendLine("+ go ahead");
      }
      byte[] bytes = connection.readBytes(ClientLine.announced(last));
      said.append("\r\n").append(new String(bytes, ISO_8859_1));
      String next = connection.readLine();
      last = next == null ? "" : next;
      said.append(last);
    }
    return said.toString();
  }

  private void hear(HearLiteral literal) throws IOException {
    String said = new String(connection.readBytes(announced), ISO_8859_1);
    spoken.clientLiteral(said);
    String content = literal.content();
    if (content != null && !content.equals(said)) {
      throw failure(literal, "the client sent another literal" + difference(content, said));
    }
  }

  private static String difference(String wanted, String said) {
    int at = 0;
    while (at < Math.min(wanted.length(), said.length()) && wanted.charAt(at) == said.charAt(at)) {
      at++;
    }
    return ", which differs from byte " + at + " on";
  }

  private void happen(Happen happen) throws IOException {
    switch (happen.event()) {
      case STARTTLS -> {
        if (!connection.isTls()) {
          connection.startTls(TestCertificates.shared().good().serverContext());
        }
      }
      case COMPRESSED -> connection.startDeflate();
      case WAIT -> {
        connection.flush();
        LockSupport.parkNanos(happen.duration().toNanos());
      }
      case STALL -> connection.stall();
      case CLOSE -> connection.close();
      case CUT -> connection.cut();
      case RESET -> connection.reset();
      case END -> end(happen);
    }
  }

  private void end(Happen happen) throws IOException {
    connection.waitsFor(
        () -> "it waits at line " + happen.line() + " of the script for the client to close");
    String said = nextOrEnd();
    if (said != null) {
      throw failure(
          happen, "expected the client to close but it said <" + spoken.client(said) + ">");
    }
  }

  private @Nullable String nextOrEnd() {
    try {
      return connection.readLine();
    } catch (IOException e) {
      // A reset is an end, too.
      return null;
    }
  }

  private AssertionError failure(Step step, String what) {
    return new AssertionError(
        "connection "
            + connection.number()
            + ", line "
            + step.line()
            + " of the script: "
            + what
            + spoken.before());
  }

  private static boolean isHeard(Step step) {
    return step instanceof Hear
        || step instanceof HearLiteral
        || (step instanceof Happen happen && happen.event() == Event.STARTTLS);
  }
}
