// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * A bug that programs of this kind have had, built into the real source. That it is found shows
 * that the suite can find what it looks for.
 */
enum Mutant {
  DELETES_BEFORE_THE_COMMIT_IS_DURABLE(
      "mailbox-pop3/src/main/java/dev/mailbox/pop3/Commits.java",
      "      durability(committed.element()).awaitDurable();",
      "      durability(committed.element());",
      Scenario.MANY_MESSAGES,
      Disturbance.POWER_LOSS),
  IGNORES_THE_ANSWER_TO_QUIT(
      "mailbox-pop3/src/main/java/dev/mailbox/pop3/Removals.java",
      "      unconfirmed(batch, \"QUIT was not answered: \" + e.getMessage());",
      "      confirmed(batch);",
      Scenario.ANSWER_TO_QUIT_IS_LOST,
      Disturbance.KILL),
  TAKES_A_REFUSED_DELETION_FOR_DONE(
      "mailbox-pop3/src/main/java/dev/mailbox/pop3/Removals.java",
      "    if (!status.isOk()) {\n      sent.remove(removed);",
      "    if (status == null) {\n      sent.remove(removed);",
      Scenario.DELETION_IS_REFUSED,
      Disturbance.KILL),
  TRUSTS_A_RECYCLED_UIDL(
      "mailbox-pop3/src/main/java/dev/mailbox/pop3/RemovalCheck.java",
      "      if (Arrays.equals(receipt.headerHash(), entry.headerHash())) {",
      "      if (receipt.headerHash().length == entry.headerHash().length) {",
      Scenario.UIDL_IS_RECYCLED,
      Disturbance.KILL),
  ACCEPTS_A_MESSAGE_WITHOUT_ITS_DOT(
      "mailbox-pop3/src/main/java/dev/mailbox/pop3/DotReader.java",
      "      Slice chunk = reader.chunk();",
      "      Slice chunk;\n      try {\n        chunk = reader.chunk();\n      } catch"
          + " (WireException e) {\n        return this;\n      }",
      Scenario.SIZES_ARE_TOO_SMALL,
      Disturbance.BYTE_CUT),
  DOES_NOT_COMPARE_SIZES(
      "mailbox-pop3/src/main/java/dev/mailbox/pop3/BodyDownload.java",
      "      } else if (reply.agreesWith(work.listing().size(index))) {",
      "      } else if (reply.size() >= 0) {",
      Scenario.MESSAGE_ENDS_EARLY,
      Disturbance.KILL),
  TAKES_A_REFUSED_QUIT_FOR_DONE(
      "mailbox-pop3/src/main/java/dev/mailbox/pop3/Removals.java",
      "      if (status.isOk()) {\n        confirmed(batch);",
      "      if (status != null) {\n        confirmed(batch);",
      Scenario.QUIT_IS_REFUSED,
      Disturbance.KILL),
  GOES_ON_WHEN_THE_DISK_FAILS(
      "mailbox-pop3/src/main/java/dev/mailbox/pop3/Commits.java",
      "      durability(committed.element()).awaitDurable();",
      "      try {\n        durability(committed.element()).awaitDurable();\n      } catch"
          + " (RuntimeException e) {\n        open = new Group();\n      }",
      Scenario.FIRST_DOWNLOAD,
      Disturbance.DISK_FAULT),
  COMMITS_WITHOUT_FSYNC(
      "mailbox-store/src/main/java/dev/mailbox/store/internal/db/Database.java",
      "      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);",
      "      config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);",
      Scenario.FIRST_DOWNLOAD,
      Disturbance.POWER_LOSS),
  LEAVES_THE_DIRECTORY_WITHOUT_A_NAME(
      "mailbox-store/src/main/java/dev/mailbox/store/internal/db/OwnerOnly.java",
      "        channel.force(true);",
      "        channel.size();",
      Scenario.FIRST_DOWNLOAD,
      Disturbance.POWER_LOSS);

  private final String source;
  private final String right;
  private final String wrong;
  private final Scenario scenario;
  private final Disturbance disturbance;

  Mutant(String source, String right, String wrong, Scenario scenario, Disturbance disturbance) {
    this.source = source;
    this.right = right;
    this.wrong = wrong;
    this.scenario = scenario;
    this.disturbance = disturbance;
  }

  Scenario scenario() {
    return scenario;
  }

  Disturbance disturbance() {
    return disturbance;
  }

  /** Each n-th place is looked at: all, where there is one at which the bug shows. */
  int every() {
    return switch (disturbance) {
      case BYTE_CUT -> 1;
      case DISK_FAULT -> 7;
      default -> Series.EVERY;
    };
  }

  /**
   * Compiles the source with the bug in it.
   *
   * @throws AssertionError if the source has changed, so that the bug must be told anew
   */
  void compileInto(Path classes) {
    Path original = Path.of("..").resolve(source);
    try {
      String text = Files.readString(original);
      int at = text.indexOf(right);
      if (at < 0 || text.indexOf(right, at + 1) >= 0) {
        throw new AssertionError(this + ": it must be once in " + source + ":\n" + right);
      }
      Path mutated = classes.resolve("source").resolve(original.getFileName());
      Files.createDirectories(mutated.getParent());
      Files.writeString(mutated, text.replace(right, wrong));
      int failed =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  List.of(
                          "-proc:none",
                          "-nowarn",
                          "-cp",
                          System.getProperty("java.class.path"),
                          "-d",
                          classes.toString(),
                          mutated.toString())
                      .toArray(String[]::new));
      if (failed != 0) {
        throw new AssertionError(this + " cannot be compiled");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
