// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.protocol.Script.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is there before the first line of a script: a folder with its mails. */
final class Setup {
  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Pattern BAR = Pattern.compile("\\|");

  private Setup() {}

  /** Makes the folder, fills it, and gives what the server offers before and after a login. */
  static Set<String> imap(ScriptRun run, String box) throws IOException {
    try (var peer = new Peer("s", run.server.imap())) {
      var offers = new HashSet<String>();
      ImapRun.ask(peer, "");
      addOffers(ask(peer, "CAPABILITY").get(0), offers);
      ImapRun.ask(peer, "LOGIN " + run.user.name() + " " + run.user.password());
      addOffers(ask(peer, "CAPABILITY").get(0), offers);
      String list = ask(peer, "LIST \"\" \"\"").get(0);
      int quote = list.indexOf('"');
      run.values.set("sep", list.substring(quote + 1, quote + 2));
      run.values.set("box", box);
      fill(peer, run, box);
      if (run.user.isFresh()) {
        offers.add("FRESH-USER");
      }
      if (run.user.hasQuota()) {
        offers.add("SET-QUOTA");
      }
      return offers;
    }
  }

  /** The mails were there before anybody looked, but are no longer recent. */
  private static void fill(Peer peer, ScriptRun run, String box) throws IOException {
    ImapRun.ask(peer, "CREATE " + box);
    for (Text text : run.script.texts().values()) {
      if (text.mail()) {
        String options = text.options().isEmpty() ? "" : text.options() + " ";
        String head = "APPEND " + box + " " + options + "{" + text.content().length() + "}\r\n";
        ImapRun.sendInParts(peer, peer.nextTag() + " " + head + text.content() + "\r\n");
        ImapRun.awaitOk(peer, peer.tag() + " ", head);
      }
    }
    ImapRun.ask(peer, "SELECT " + box);
    ImapRun.ask(peer, "LOGOUT");
  }

  /** Removes the folder and those whose names start with its own, from the deepest up. */
  static void remove(ScriptRun run, String box) throws IOException {
    try (var peer = new Peer("s", run.server.imap())) {
      ImapRun.ask(peer, "");
      ImapRun.ask(peer, "LOGIN " + run.user.name() + " " + run.user.password());
      List<String> names =
          ask(peer, "LIST \"\" " + box + "*").stream()
              .map(line -> line.substring(line.indexOf(box) - 1).strip())
              .map(name -> name.startsWith("\"") ? name : '"' + name + '"')
              .sorted(Comparator.reverseOrder())
              .toList();
      for (String name : names) {
        peer.wire().send(peer.nextTag() + " DELETE " + name + "\r\n");
        String reply = peer.reply();
        while (reply != null && !reply.startsWith(peer.tag())) {
          reply = peer.reply();
        }
      }
    }
  }

  /** Delivers the mails, and gives what the server offers before and after a login. */
  static Set<String> pop3(Pop3Run run) throws IOException {
    for (Text text : run.script.texts().values()) {
      if (text.mail()) {
        run.user.deliver(text.content().getBytes(ISO_8859_1));
      }
    }
    var offers = new HashSet<String>(Set.of("FRESH-USER"));
    try (var peer = run.connect("s")) {
      String greeting = String.valueOf(peer.line());
      if (greeting.matches(".*<.+@.*>.*")) {
        offers.add("APOP");
      }
      addCapa(peer, offers);
      for (String command : List.of("USER " + run.user.name(), "PASS " + run.user.password())) {
        peer.wire().send(command + "\r\n");
        peer.line();
      }
      addCapa(peer, offers);
      peer.wire().send("QUIT\r\n");
      peer.line();
    }
    return offers;
  }

  private static void addCapa(Peer peer, Set<String> offers) throws IOException {
    peer.wire().send("CAPA\r\n");
    String line = peer.line();
    while (line != null && !line.equals(".") && !line.startsWith("-ERR")) {
      List<String> words = SPACE.splitAsStream(line.toUpperCase(Locale.ROOT)).toList();
      offers.add(words.get(0));
      words.stream().skip(1).forEach(word -> offers.add(words.get(0) + "=" + word));
      line = peer.line();
    }
  }

  private static List<String> ask(Peer peer, String command) throws IOException {
    peer.wire().send(peer.nextTag() + " " + command + "\r\n");
    var lines = new ArrayList<String>();
    String line = peer.reply();
    while (line != null && line.startsWith("* ")) {
      lines.add(line);
      line = peer.reply();
    }
    checkOk(line, peer.tag() + " ", command);
    return lines;
  }

  private static void checkOk(@Nullable String line, String tag, String command)
      throws IOException {
    if (line == null || !line.startsWith(tag + "OK")) {
      throw new IOException("refused: " + command + ": " + line);
    }
  }

  private static void addOffers(String line, Set<String> offers) {
    SPACE
        .splitAsStream(line.toUpperCase(Locale.ROOT))
        .forEach(
            word -> {
              offers.add(word);
              int equals = word.indexOf('=');
              if (equals > 0) {
                offers.add(word.substring(0, equals));
              }
            });
  }

  /** The first thing that is required and not offered. */
  static Optional<String> missing(Script script, Set<String> offers) {
    return script.requires().stream()
        .filter(word -> BAR.splitAsStream(word).noneMatch(offers::contains))
        .findFirst();
  }
}
