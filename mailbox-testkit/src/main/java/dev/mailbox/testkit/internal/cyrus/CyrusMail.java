// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.cyrus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder of a user, looked at by a session of its own each time. */
public final class CyrusMail {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.ENGLISH);
  private static final Pattern APPENDED = Pattern.compile("APPENDUID [0-9]+ ([0-9]+)");
  private static final Pattern UID = Pattern.compile("\\bUID ([0-9]+)");
  private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
  private static final Pattern ARRIVED = Pattern.compile("INTERNALDATE \"([^\"]*)\"");

  private final Login login;
  private final String folder;

  /** Takes a message as it is held. */
  public interface Taker<T> {
    T take(long uid, byte[] raw, Instant arrivedAt, Set<String> flags);
  }

  /** Opens a session of the user. */
  interface Login {
    ImapTalk open() throws IOException;
  }

  private interface Work<T> {
    T run(ImapTalk talk) throws IOException;
  }

  CyrusMail(Login login, String folder) {
    this.login = login;
    this.folder = ImapTalk.quoted(folder);
  }

  /**
   * Puts in a message and returns its UID.
   *
   * @throws IllegalStateException when Cyrus does not take such a message
   */
  public long append(byte[] raw, Instant arrivedAt, Set<String> flags) {
    String date = DATE.format(arrivedAt.atOffset(ZoneOffset.UTC));
    String command = "APPEND " + folder + " (" + String.join(" ", flags) + ") \"" + date + "\"";
    String status = session(talk -> talk.ask(command, raw).orFail("APPEND").status());
    return number(APPENDED, status);
  }

  /** What is there, in the order of UIDs. */
  public <T> List<T> list(Taker<T> taker) {
    return fetch("(UID FLAGS INTERNALDATE BODY.PEEK[])").stream()
        .map(reply -> taken(reply, taker))
        .toList();
  }

  /** How much is there. */
  public int count() {
    return fetch("(UID)").size();
  }

  /** Sets or clears flags of a message. */
  public void flag(long uid, Set<String> flags, boolean on) {
    String item = (on ? "+" : "-") + "FLAGS.SILENT (" + String.join(" ", flags) + ")";
    session(
        talk -> {
          select(talk);
          return talk.ask("UID STORE " + uid + " " + item).orFail("STORE");
        });
  }

  /** Removes a message; nothing happens when it is not there. */
  public void remove(long uid) {
    session(
        talk -> {
          select(talk);
          ImapTalk.Answer unused =
              talk.ask("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)").orFail("STORE");
          return talk.ask("UID EXPUNGE " + uid).orFail("EXPUNGE");
        });
  }

  private List<ImapTalk.Reply> fetch(String items) {
    return session(
        talk -> {
          select(talk);
          List<ImapTalk.Reply> fetched = new ArrayList<>();
          for (ImapTalk.Reply each : talk.ask("UID FETCH 1:* " + items).orFail("FETCH").replies()) {
            if (each.text().contains(" FETCH (")) {
              fetched.add(each);
            }
          }
          return fetched;
        });
  }

  private void select(ImapTalk talk) throws IOException {
    ImapTalk.Answer unused = talk.ask("SELECT " + folder).orFail("SELECT");
  }

  private <T> T session(Work<T> work) {
    try (ImapTalk talk = login.open()) {
      T result = work.run(talk);
      ImapTalk.Answer unused = talk.ask("LOGOUT");
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T taken(ImapTalk.Reply reply, Taker<T> taker) {
    Set<String> flags = new TreeSet<>(List.of(text(FLAGS, reply.text()).split(" ", -1)));
    flags.remove("");
    flags.remove("\\Recent");
    // A day of one digit has a blank before it.
    String date = text(ARRIVED, reply.text()).replaceFirst("^ ", "0");
    Instant arrivedAt = Instant.from(DATE.parse(date));
    byte[] raw = reply.literals().isEmpty() ? new byte[0] : reply.literals().get(0);
    return taker.take(number(UID, reply.text()), raw, arrivedAt, flags);
  }

  private static long number(Pattern pattern, String text) {
    return Long.parseLong(text(pattern, text));
  }

  private static String text(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return found.group(1);
  }
}
