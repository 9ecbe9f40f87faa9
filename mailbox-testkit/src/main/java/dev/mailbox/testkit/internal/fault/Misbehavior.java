// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.internal.net.Truncation;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends what a fault makes of a reply. For one connection and its thread. */
public final class Misbehavior {
  private final ScriptedConnection connection;
  private final UnaryOperator<String> filling;

  /**
   * For one command.
   *
   * @param filling puts in what a template leaves open
   */
  public Misbehavior(ScriptedConnection connection, UnaryOperator<String> filling) {
    this.connection = connection;
    this.filling = filling;
  }

  /** Sends, and ends the connection if that is part of it; tells how it ended. */
  public Ending send(Fault fault, Outgoing reply) throws IOException {
    Ending ending = Ending.NONE;
    if (fault instanceof Fault.Instead instead) {
      say(instead.template());
      ending = instead.then();
    } else if (fault instanceof Fault.Unanswered unanswered) {
      ending = unanswered.ending();
    } else if (fault instanceof Fault.Partial partial) {
      sendPart(reply, partial.bytes());
      ending = partial.ending();
    } else if (fault instanceof Fault.InContent inside) {
      sendPart(reply, reply.contentStart() + inside.bytes());
      ending = inside.ending();
    } else if (fault instanceof Fault.Garbage garbage) {
      var bytes = new byte[garbage.bytes()];
      new Random(garbage.seed()).nextBytes(bytes);
      connection.send(bytes);
      ending = garbage.ending();
    } else if (fault instanceof Fault.Asked asked) {
      ask(asked);
    } else {
      sendWhole(fault, reply);
    }
    end(ending);
    return ending;
  }

  /** Says this, and ends the connection so. */
  public void send(Fault.AtLiteral fault) throws IOException {
    say(fault.template());
    end(fault.ending());
  }

  /**
   * Makes a TLS handshake, or what a fault makes of it; tells how the connection ended.
   *
   * @param flawed gives what to show for a flaw
   */
  public Ending handshake(
      @Nullable Fault fault, SSLContext context, Function<Fault.Flaw, SSLContext> flawed)
      throws IOException {
    if (fault instanceof Fault.Certificate certificate) {
      connection.startTls(flawed.apply(certificate.flaw()));
    } else if (fault instanceof Fault.Instead
        || fault instanceof Fault.Unanswered
        || fault instanceof Fault.Garbage) {
      return send(fault, Silence.NOTHING);
    } else {
      if (fault instanceof Fault.Delayed delayed) {
        connection.pause(delayed.delay());
      }
      connection.startTls(context);
    }
    return Ending.NONE;
  }

  /** Sends what comes where compression begins, as it is; tells how the connection ended. */
  public Ending beforeDeflate(Fault fault) throws IOException {
    if (fault instanceof Fault.Bomb bomb) {
      DeflateBomb.write(line(bomb.line()), bomb.times(), connection.output());
      return Ending.NONE;
    }
    return send(fault, Silence.NOTHING);
  }

  private void sendWhole(Fault fault, Outgoing reply) throws IOException {
    if (fault instanceof Fault.Surrounded surrounded) {
      say(surrounded.before());
      reply.writeTo(connection.output());
      say(surrounded.after());
    } else if (fault instanceof Fault.Flooded flooded) {
      flood(flooded.line(), flooded.times());
      reply.writeTo(connection.output());
    } else if (fault instanceof Fault.Bomb bomb) {
      flood(bomb.line(), bomb.times());
      reply.writeTo(connection.output());
    } else if (fault instanceof Fault.Dripped dripped) {
      connection.drip(reply.bytes(), dripped.gap());
    } else if (fault instanceof Fault.Delayed delayed) {
      connection.pause(delayed.delay());
      reply.writeTo(connection.output());
    } else {
      sendEdited(fault, reply);
    }
  }

  private void sendEdited(Fault fault, Outgoing reply) throws IOException {
    if (fault instanceof Fault.Rewritten rewritten) {
      connection.send(rewritten.change().apply(reply.bytes()));
    } else if (fault instanceof Fault.Replaced replaced) {
      connection.send(edits(reply).replaced(replaced));
    } else if (fault instanceof Fault.Lines lines) {
      connection.send(edits(reply).rearranged(lines));
    } else if (fault instanceof Fault.Flipped flipped) {
      connection.send(edits(reply).flipped(flipped));
    } else {
      reply.writeTo(connection.output());
    }
  }

  private ReplyEdits edits(Outgoing reply) {
    return new ReplyEdits(reply.segments(), filling);
  }

  private void ask(Fault.Asked asked) throws IOException {
    for (int i = 0; i < asked.times(); i++) {
      say(asked.challenge());
      String answer = connection.readLine();
      if (answer == null || answer.equals("*")) {
        break;
      }
    }
    say(asked.end());
  }

  private void flood(String line, long times) throws IOException {
    byte[] bytes = line(line);
    OutputStream out = connection.output();
    for (long i = 0; i < times; i++) {
      out.write(bytes);
    }
  }

  private byte[] line(String template) {
    return (filling.apply(template) + "\r\n").getBytes(ISO_8859_1);
  }

  private void say(String template) throws IOException {
    connection.send(filling.apply(template));
  }

  private void sendPart(Outgoing reply, long bytes) throws IOException {
    try {
      reply.writeTo(new Truncation(connection.output(), bytes));
    } catch (Truncation.Reached e) {
      connection.flush();
    }
  }

  private void end(Ending ending) throws IOException {
    switch (ending) {
      case NONE -> {}
      case CLOSE -> connection.close();
      case CUT -> connection.cut();
      case RESET -> connection.reset();
      case STALL -> connection.stall();
      case DEAF -> connection.deafen();
    }
  }
}
