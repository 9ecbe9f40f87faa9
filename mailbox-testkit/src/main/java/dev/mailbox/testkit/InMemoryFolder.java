// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.FolderPath;
import dev.mailbox.testkit.internal.content.Content;
import dev.mailbox.testkit.internal.memory.Held;
import dev.mailbox.testkit.internal.memory.Server;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A folder of an {@link InMemoryServer}, by its name. Thread-safe. */
final class InMemoryFolder implements ServerFolder {
  private final Server server;
  private final FolderPath path;

  InMemoryFolder(Server server, FolderPath path) {
    this.server = server;
    this.path = path;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public String deliver(byte[] raw) {
    return deliver(raw, server.clock().instant().truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public String deliver(byte[] raw, Instant arrivedAt, String... flags) {
    Content content = Content.of(raw);
    Held held = server.change(() -> server.add(path, content, arrivedAt, List.of(flags)));
    return String.valueOf(held.uid());
  }

  @Override
  public List<HeldMessage> messages() {
    return server.read(() -> server.messages(path).stream().map(InMemoryFolder::held).toList());
  }

  @Override
  public int count() {
    return server.read(() -> server.messages(path).size());
  }

  @Override
  public void flag(String id, String... flags) {
    change(() -> server.flag(path, Long.parseLong(id), List.of(flags), List.of()));
  }

  @Override
  public void unflag(String id, String... flags) {
    change(() -> server.flag(path, Long.parseLong(id), List.of(), List.of(flags)));
  }

  @Override
  public void remove(String id) {
    change(() -> server.remove(path, Long.parseLong(id)));
  }

  private void change(Runnable work) {
    boolean unused =
        server.change(
            () -> {
              work.run();
              return true;
            });
  }

  private static HeldMessage held(Held message) {
    return new HeldMessage(
        String.valueOf(message.uid()),
        message.content().bytes(),
        message.arrivedAt(),
        message.flagNames());
  }

  @Override
  public String toString() {
    return "folder " + path;
  }
}
