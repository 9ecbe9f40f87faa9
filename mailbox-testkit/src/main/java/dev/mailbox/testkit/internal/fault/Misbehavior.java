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
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

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

  private void sendWhole(Fault fault, Outgoing reply) throws IOException {
    if (fault instanceof Fault.Surrounded surrounded) {
      say(surrounded.before());
      reply.writeTo(connection.output());
      say(surrounded.after());
    } else if (fault instanceof Fault.Flooded flooded) {
      byte[] line = (filling.apply(flooded.line()) + "\r\n").getBytes(ISO_8859_1);
      OutputStream out = connection.output();
      for (long i = 0; i < flooded.times(); i++) {
        out.write(line);
      }
      reply.writeTo(out);
    } else if (fault instanceof Fault.Rewritten rewritten) {
      connection.send(rewritten.change().apply(reply.bytes()));
    } else if (fault instanceof Fault.Dripped dripped) {
      connection.drip(reply.bytes(), dripped.gap());
    } else if (fault instanceof Fault.Delayed delayed) {
      connection.flush();
      LockSupport.parkNanos(delayed.delay().toNanos());
      reply.writeTo(connection.output());
    }
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
      case RESET -> connection.reset();
      case STALL -> connection.stall();
    }
  }
}
