// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows each line of one direction to the hooks, and passes on what they leave of it. Where there
 * are none it only listens, for the sake of those of the other direction. For one thread.
 */
final class LineFilter implements LineSplitter.Receiver {
  private final ProxiedConnection connection;
  private final Direction direction;
  private final Dialogue dialogue;
  private final List<LineHook> hooks;
  private final Outlet outlet;
  private final LineSplitter splitter;
  private boolean dropping;

  LineFilter(
      ProxiedConnection connection, Direction direction, List<LineHook> hooks, Outlet outlet) {
    this.connection = connection;
    this.direction = direction;
    this.dialogue = connection.dialogue();
    this.hooks = hooks.stream().filter(hook -> hook.direction() == direction).toList();
    this.outlet = outlet;
    this.splitter = new LineSplitter(direction, dialogue, this, LineSplitter.LONGEST);
  }

  void feed(byte[] bytes) throws IOException, InterruptedException {
    splitter.feed(bytes);
    if (hooks.isEmpty()) {
      outlet.pass(bytes, 0, bytes.length);
    }
  }

  /** The stream has ended. */
  void end() throws IOException, InterruptedException {
    splitter.end();
  }

  @Override
  public void line(String text, String end) throws IOException, InterruptedException {
    List<String> lines = List.of(text);
    for (LineHook hook : hooks) {
      List<String> left = new ArrayList<>();
      lines.forEach(line -> left.addAll(hook.step().at(line, connection)));
      lines = left;
    }
    dropping = lines.isEmpty();
    for (int i = 0; i < lines.size(); i++) {
      dialogue.passed(direction, lines.get(i));
      String lineEnd = i + 1 < lines.size() ? "\r\n" : end;
      byte[] bytes = (lines.get(i) + lineEnd).getBytes(ISO_8859_1);
      opaque(bytes, 0, bytes.length);
    }
  }

  @Override
  public void opaque(byte[] bytes, int offset, int length)
      throws IOException, InterruptedException {
    if (!dropping && !hooks.isEmpty()) {
      outlet.pass(bytes, offset, length);
    }
  }
}
