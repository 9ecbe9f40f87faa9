// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import dev.mailbox.MailboxException;
import java.nio.file.Path;

/** The program that is disturbed. */
final class Child {
  /** It did all that it had to. */
  static final int DONE = 0;

  /** It was told what is wrong, by an exception that the API has for it. */
  static final int TOLD = 3;

  /** What is printed, by what is preloaded, when a call is let fail. */
  static final String DISTURBED = "powercut: failed";

  private Child() {}

  /** Arguments: the scenario, the port of the server, the directory of the store. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    Scenario scenario = Scenario.valueOf(args[0]);
    try {
      scenario.act(Scene.config(Integer.parseInt(args[1]), Path.of(args[2])));
    } catch (MailboxException e) {
      System.out.println(e.reason());
      System.exit(TOLD);
    }
  }
}
