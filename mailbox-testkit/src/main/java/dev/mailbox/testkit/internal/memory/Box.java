// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.testkit.internal.content.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder of the server. Guarded by the server's lock. */
final class Box {
  private final Map<Long, Held> messages = new LinkedHashMap<>();
  private FolderPath path;
  private @Nullable FolderRole role;
  private long uidValidity;
  private long nextUid = 1;

  Box(FolderPath path, @Nullable FolderRole role, long uidValidity) {
    this.path = path;
    this.role = role;
    this.uidValidity = uidValidity;
  }

  FolderPath path() {
    return path;
  }

  void rename(FolderPath to) {
    path = to;
  }

  Optional<FolderRole> role() {
    return Optional.ofNullable(role);
  }

  void role(FolderRole newRole) {
    role = newRole;
  }

  long uidValidity() {
    return uidValidity;
  }

  List<Held> messages() {
    return List.copyOf(messages.values());
  }

  ImapUid key(Held message) {
    return new ImapUid(uidValidity, message.uid());
  }

  Held add(Content content, Instant arrivedAt, List<String> flags) {
    Held message = new Held(nextUid++, content, arrivedAt);
    message.change(flags, List.of());
    messages.put(message.uid(), message);
    return message;
  }

  Optional<Held> find(long uid) {
    return Optional.ofNullable(messages.get(uid));
  }

  /** The message of that key, also when it has been numbered anew since. */
  Optional<Held> find(ImapUid key, Content content) {
    return key.uidValidity() == uidValidity
        ? find(key.uid())
        : messages.values().stream().filter(m -> m.content().equals(content)).findFirst();
  }

  void remove(Held message) {
    messages.remove(message.uid());
  }

  void renumber(long newUidValidity) {
    List<Held> before = new ArrayList<>(messages.values());
    messages.clear();
    uidValidity = newUidValidity;
    nextUid += 100;
    for (Held each : before) {
      add(each.content(), each.arrivedAt(), List.copyOf(each.flagNames()));
    }
  }
}
