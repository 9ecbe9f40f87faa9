// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A folder's messages and numbers. Guarded by the account's lock. */
final class StoredFolder {
  private final List<StoredMessage> messages = new ArrayList<>();
  private final Set<String> attributes = new TreeSet<>();
  private final Set<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private String name;
  private long uidValidity;
  private long uidNext = 1;
  private boolean selectable = true;
  private boolean readOnly;
  private int epoch;

  StoredFolder(String name, long uidValidity) {
    this.name = name;
    this.uidValidity = uidValidity;
  }

  String name() {
    return name;
  }

  void rename(String other) {
    name = other;
  }

  List<StoredMessage> messages() {
    return messages;
  }

  Optional<StoredMessage> message(long uid) {
    return messages.stream().filter(m -> m.uid() == uid).findFirst();
  }

  long add(MailSource source, Instant date, Collection<String> flags) {
    long uid = uidNext++;
    messages.add(new StoredMessage(uid, source, date, flags));
    know(flags);
    return uid;
  }

  void removeIf(Predicate<StoredMessage> gone) {
    messages.removeIf(gone);
  }

  /** Keywords in use, which a session is told before it sees one. */
  Set<String> keywords() {
    return keywords;
  }

  void know(Collection<String> flags) {
    flags.stream().filter(f -> !f.startsWith("\\")).forEach(keywords::add);
  }

  Set<String> attributes() {
    return attributes;
  }

  void attributes(Collection<String> wanted) {
    attributes.clear();
    attributes.addAll(wanted);
  }

  long uidValidity() {
    return uidValidity;
  }

  void uidValidity(long number) {
    uidValidity = number;
    endViews();
  }

  /** Gives every message another UID, from 1 on, in the same order. */
  void renumber(long validity) {
    List<StoredMessage> before = List.copyOf(messages);
    messages.clear();
    uidNext = 1;
    before.forEach(m -> messages.add(m.as(uidNext++)));
    uidValidity(validity);
  }

  long uidNext() {
    return uidNext;
  }

  void uidNext(long number) {
    uidNext = number;
  }

  boolean isSelectable() {
    return selectable;
  }

  void selectable(boolean on) {
    selectable = on;
    endViews();
  }

  boolean isReadOnly() {
    return readOnly;
  }

  void readOnly(boolean on) {
    readOnly = on;
  }

  /** Grows when what sessions know of the folder is no longer true and they must leave. */
  int epoch() {
    return epoch;
  }

  void endViews() {
    epoch++;
  }

  long size() {
    return messages.stream().mapToLong(m -> m.source().sizeInBytes()).sum();
  }
}
