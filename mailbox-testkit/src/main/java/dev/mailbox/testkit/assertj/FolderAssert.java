// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import dev.mailbox.testkit.HeldMessage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** About what a folder held when the assertion began. */
public final class FolderAssert extends AbstractAssert<FolderAssert, List<HeldMessage>> {
  private final String name;

  FolderAssert(String name, List<HeldMessage> messages) {
    super(messages, FolderAssert.class);
    this.name = name;
  }

  /** That it holds so many messages. */
  public FolderAssert hasMessages(int count) {
    return require(actual.size() == count, "to hold " + count + " messages");
  }

  /** That it holds no message. */
  public FolderAssert isEmpty() {
    return require(actual.isEmpty(), "to be empty");
  }

  /** That so many of its messages have no {@code \Seen}. */
  public FolderAssert hasUnseen(int count) {
    long unseen = actual.stream().filter(m -> !Held.has(m, "\\Seen")).count();
    return require(unseen == count, "to hold " + count + " unseen messages");
  }

  /** That its messages have exactly these subjects, in the order of delivery. */
  public FolderAssert hasSubjects(String... subjects) {
    List<String> found = actual.stream().map(Held::subject).toList();
    return require(found.equals(List.of(subjects)), "to hold " + List.of(subjects));
  }

  /** That its messages have exactly these UIDs, in the order of delivery, where it is a fake's. */
  public FolderAssert hasUids(long... uids) {
    List<String> wanted = Arrays.stream(uids).mapToObj(String::valueOf).toList();
    List<String> found = actual.stream().map(HeldMessage::id).toList();
    return require(found.equals(wanted), "to hold the UIDs " + wanted);
  }

  /** That exactly one of its messages has this subject; goes on with that. */
  public MessageAssert message(String subject) {
    List<HeldMessage> found = actual.stream().filter(m -> Held.subject(m).equals(subject)).toList();
    require(found.size() == 1, "to hold one message \"" + subject + "\"");
    return new MessageAssert(found.get(0));
  }

  /** That it holds one message; goes on with that. */
  public MessageAssert onlyMessage() {
    hasMessages(1);
    return new MessageAssert(actual.get(0));
  }

  private FolderAssert require(boolean holds, String expectation) {
    if (!holds) {
      failWithMessage("%s", "expected " + name + " " + expectation + " but it holds " + told());
    }
    return this;
  }

  private String told() {
    return actual.isEmpty()
        ? "nothing"
        : actual.stream()
            .map(message -> "\n  " + Held.told(message))
            .collect(Collectors.joining("", actual.size() + ":", ""));
  }
}
