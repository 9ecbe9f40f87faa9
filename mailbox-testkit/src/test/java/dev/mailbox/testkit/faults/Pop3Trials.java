// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.Trial.Then.GOES_ON;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.faults.Trial.Check;
import dev.mailbox.testkit.faults.Trial.Sign;
import dev.mailbox.testkit.faults.Trial.Then;
import java.io.IOException;

/** Checks that bring a POP3 session to where a fault is, and listen. */
final class Pop3Trials {
  static final Sign SIGN = new Sign("NOOP", "(?s).*(\\+OK|-ERR unknown command.*)");

  private Pop3Trials() {}

  static Check greeting(String expected, Then then) {
    return trial -> trial.hear(trial.client(trial.server().pop3Url()), expected, then, SIGN);
  }

  static Check greeted(String command, String expected, Then then) {
    return trial -> {
      Talk client = greeted(trial);
      client.say(command);
      trial.hear(client, expected, then, SIGN);
    };
  }

  static Check loggedIn(String command, String expected, Then then) {
    return trial -> {
      Talk client = loggedIn(trial);
      client.say(command);
      trial.hear(client, expected, then, SIGN);
    };
  }

  static Check loggedIn(String command, String expected) {
    return loggedIn(command, expected, GOES_ON);
  }

  static Talk greeted(Trial trial) throws IOException {
    Talk client = trial.client(trial.server().pop3Url());
    String unused = client.readLine();
    return client;
  }

  static Talk loggedIn(Trial trial) throws IOException {
    return trial.client(trial.server().pop3Url()).login("alice", "secret");
  }
}
