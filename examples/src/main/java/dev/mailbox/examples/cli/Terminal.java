// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Optional;

/** What surrounds a run of the command line; tests give their own. */
interface Terminal {
  /** Where input comes from; closing it does nothing. */
  InputStream in();

  /** Where results go. */
  PrintStream out();

  /** Where progress, remarks and errors go. */
  PrintStream err();

  /** An environment variable that is set and not empty. */
  Optional<String> environment(String name);

  /** Asks a person for a secret, without echo; empty if there is nobody to ask. */
  Optional<String> askSecret(String prompt);

  /** Whether a person is looking: output is a terminal. */
  boolean isInteractive();

  /** How many columns a line may have; {@link Integer#MAX_VALUE} if nobody is looking. */
  int columns();

  /** Where the person lives. */
  ZoneId zone();
}
