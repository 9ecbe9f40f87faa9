// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection of a script: its wire, the tag of its last command and its way to log in. */
final class Peer implements AutoCloseable {
  private static final Pattern COMMA = Pattern.compile(", *");

  private final String name;
  private final Wire wire;
  private final Sasl sasl = new Sasl();
  private final Deque<String> unread = new ArrayDeque<>();
  private final List<String> received = new ArrayList<>();
  private int commands;
  private String challenge = "";

  Peer(String name, URI server) throws IOException {
    this.name = name.toLowerCase(Locale.ROOT);
    this.wire = new Wire(server);
  }

  Wire wire() {
    return wire;
  }

  String nextTag() {
    commands++;
    return tag();
  }

  String tag() {
    return name + commands;
  }

  /** The next IMAP reply with its literals, or null at the end. */
  @Nullable String reply() throws IOException {
    return unread.isEmpty() ? remember(wire.lineWithLiterals()) : unread.removeFirst();
  }

  @Nullable String line() throws IOException {
    return remember(wire.line());
  }

  void unread(String reply) {
    unread.addLast(reply);
  }

  /** Keeps what the next answer is computed from. */
  void challenge(String text) {
    challenge = text;
  }

  /** What came since {@link #forget}. */
  String received() {
    return received.isEmpty() ? "  (nothing)" : String.join("\n", received);
  }

  void forget() {
    received.clear();
  }

  private @Nullable String remember(@Nullable String line) {
    received.add("  " + (line == null ? "(closed by the server)" : Wire.readable(line)));
    return line;
  }

  /** The value of a call such as {@code $plain(user, password)}. */
  String call(String call) {
    int open = call.indexOf('(');
    List<String> with = COMMA.splitAsStream(call.substring(open + 1, call.length() - 1)).toList();
    try {
      return switch (call.substring(1, open)) {
        case "plain" -> sasl.plain(with.get(0), with.get(1));
        case "base64" -> Sasl.base64(with.get(0));
        case "cram" -> sasl.cram(with.get(0), with.get(1), challenge);
        case "apop" -> sasl.apop(with.get(0), challenge);
        case "scramFirst" -> sasl.scramFirst(with.get(0));
        case "scramFinal" -> sasl.scramFinal(with.get(0), challenge);
        case "scramServer" -> sasl.scramServer();
        default -> throw new IllegalArgumentException("no such call: " + call);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
