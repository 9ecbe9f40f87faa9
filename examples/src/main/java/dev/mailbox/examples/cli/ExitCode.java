// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the process's exit code says: what a script may want to branch on. */
enum ExitCode {
  OK(0, "done"),
  UNEXPECTED(1, "an unexpected failure"),
  USAGE(2, "the command line is wrong"),
  AUTHENTICATION(3, "the server did not accept the login"),
  CONNECTION(4, "the server cannot be reached; trying again later helps"),
  TLS(5, "the connection could not be made safe, such as by a wrong certificate"),
  REJECTED(6, "the server refused"),
  PROTOCOL(7, "the server broke the protocol or a limit"),
  STORE(8, "the local files could not be used: locked, full, unreadable"),
  NOT_FOUND(9, "no such store, folder, message, body or file"),
  PROBLEMS(10, "finished, but not everything is as it should be");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  int number() {
    return number;
  }

  /** The name in machine output. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of them for {@code --help}. */
  static Map<String, String> forHelp() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      texts.put(String.valueOf(code.number), code.meaning);
    }
    return texts;
  }
}
