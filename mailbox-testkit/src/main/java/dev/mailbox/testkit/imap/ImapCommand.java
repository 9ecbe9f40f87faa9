// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command as a fake server understood it: exactly what a client made the server do, whatever the
 * client meant. Secrets are hidden only by {@link #toString}. Immutable.
 */
public final class ImapCommand {
  private final int connection;
  private final String tag;
  private final String name;
  private final List<ImapValue> arguments;
  private final @Nullable String problem;

  /** For servers that read commands. */
  public ImapCommand(Head head, List<ImapValue> arguments, @Nullable String problem) {
    this.connection = head.connection;
    this.tag = head.tag;
    this.name = head.name;
    this.arguments = List.copyOf(arguments);
    this.problem = problem;
  }

  /**
   * What is known once the first words are read; empty where they were not.
   *
   * @param connection which connection of the server it came on
   * @param tag its tag
   * @param name in upper case
   */
  public record Head(int connection, String tag, String name) {}

  /** Which connection of the server it came on; the first is 1. */
  public int connection() {
    return connection;
  }

  /** Its tag; empty when there was none. */
  public String tag() {
    return tag;
  }

  /** In upper case, such as {@code LOGIN} or {@code UID FETCH}; empty when there was none. */
  public String name() {
    return name;
  }

  /** What followed the name, as far as it could be understood. */
  public List<ImapValue> arguments() {
    return arguments;
  }

  /**
   * What that argument says; the first is 0.
   *
   * @throws IndexOutOfBoundsException when there are fewer
   */
  public String argument(int index) {
    return arguments.get(index).text();
  }

  /** What was wrong with it, when it was no command by the grammar. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Name and arguments in one line, without the tag; equal for commands that say the same. */
  public String text() {
    return arguments.isEmpty()
        ? name
        : arguments.stream().map(ImapValue::toString).collect(joining(" ", name + " ", ""));
  }

  /** Tag, name and arguments in one line, with {@code ***} for what LOGIN or AUTHENTICATE says. */
  @Override
  public String toString() {
    return tag + " " + shown() + problem().map(p -> " <" + p + ">").orElse("");
  }

  private String shown() {
    int open = name.equals("LOGIN") ? 0 : name.equals("AUTHENTICATE") ? 1 : arguments.size();
    if (arguments.size() <= open) {
      return text();
    }
    return name + arguments.stream().limit(open).map(a -> " " + a).collect(joining()) + " ***";
  }
}
