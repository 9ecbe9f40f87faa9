// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.Trial.Then.GOES_ON;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.faults.Trial.Check;
import dev.mailbox.testkit.faults.Trial.Sign;
import dev.mailbox.testkit.faults.Trial.Then;
import java.io.IOException;

/** Checks that bring an IMAP session to where a fault is, and listen. */
final class ImapTrials {
  private static final Sign SIGN = new Sign("z NOOP", ".*z OK nothing done");

  /** So that the next tag can be guessed. */
  static final String TAG = "f1";

  private ImapTrials() {}

  static Check greeting(String expected, Then then) {
    return trial -> trial.hear(trial.client(trial.server().imapUrl()), expected, then, SIGN);
  }

  static Check greeted(String command, String expected, Then then) {
    return trial -> say(trial, greeted(trial), command, new Heard(expected, then));
  }

  static Check loggedIn(String command, String expected, Then then) {
    return trial -> say(trial, loggedIn(trial), command, new Heard(expected, then));
  }

  static Check selected(String command, String expected, Then then) {
    return trial -> say(trial, selected(trial), command, new Heard(expected, then));
  }

  static Check selected(String command, String expected) {
    return selected(command, expected, GOES_ON);
  }

  static Talk greeted(Trial trial) throws IOException {
    Talk client = trial.client(trial.server().imapUrl());
    String unused = client.readLine();
    return client;
  }

  static Talk loggedIn(Trial trial) throws IOException {
    Talk client = greeted(trial);
    var unused = client.run("l", "LOGIN alice secret");
    return client;
  }

  static Talk selected(Trial trial) throws IOException {
    Talk client = loggedIn(trial);
    var unused = client.run("s", "SELECT INBOX");
    return client;
  }

  private static void say(Trial trial, Talk client, String command, Heard heard)
      throws IOException {
    client.say(TAG + " " + command);
    trial.hear(client, heard.expected, heard.then, SIGN);
  }

  private record Heard(String expected, Then then) {}
}
