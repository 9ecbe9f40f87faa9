// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation tells what the profiles do: its tables are what the servers say. */
class ProfileDocsTest {
  private static final Path DOCS = Path.of("..", "docs", "testing.md");
  private static final String TOKEN =
      Base64.getEncoder().encodeToString("user=alice\1auth=Bearer t\1\1".getBytes(UTF_8));

  @Test
  void tableOfListsIsWhatServersTell() throws IOException {
    var table = new StringBuilder();
    for (Profile profile : EnumSet.complementOf(EnumSet.of(Profile.NO_UIDL, Profile.NO_CAPA))) {
      table.append(lists(profile));
    }
    assertHas(table.toString());
  }

  @Test
  void tableOfLoginsAndFoldersIsWhatServersDo() throws IOException {
    var table = new StringBuilder();
    for (Profile profile : Profile.values()) {
      table.append(logins(profile));
    }
    assertHas(table.toString());
  }

  @Test
  void habitsOfEachProfileAreTold() throws IOException {
    String docs = Files.readString(DOCS);
    String habits = docs.substring(docs.indexOf("| profile | habits |"));
    for (Profile profile : Profile.values()) {
      assertThat(habits).contains("\n| `" + profile + "` | ");
    }
  }

  private static void assertHas(String table) throws IOException {
    assertThat(Files.readString(DOCS).contains(table))
        .as("docs/testing.md has exactly this table:%n%s", table)
        .isTrue();
  }

  private static String lists(Profile profile) throws IOException {
    try (var server = FakeMailServer.start(profile);
        var imap = Talk.tls(server.imapsUrl(), server.certificates().clientContext());
        var pop3 = Talk.tls(server.pop3sUrl(), server.certificates().clientContext())) {
      FakeAccount unused = server.user("alice", "secret").token("t");
      assertThat(imap.readLine()).startsWith("* OK");
      String imapBefore = capabilities(imap);
      logIn(imap, profile == Profile.OUTLOOK);
      assertThat(pop3.readLine()).startsWith("+OK");
      String pop3Before = capa(pop3);
      logInPop3(pop3, profile == Profile.OUTLOOK);
      return row("`" + profile + "`", "IMAP", imapBefore)
          + then(imapBefore.replaceAll(" AUTH=[^ `]+", ""), capabilities(imap))
          + row("", "POP3", pop3Before)
          + then(pop3Before.replaceAll(", `SASL [^`]+`", ""), capa(pop3));
    }
  }

  /** What is listed after the login, unless that is the same without the mechanisms. */
  private static String then(String before, String after) {
    return before.equals(after) ? "" : row("", "after the login", after);
  }

  private static String logins(Profile profile) throws IOException {
    try (var server = FakeMailServer.start(profile);
        var imap = Talk.tls(server.imapsUrl(), server.certificates().clientContext());
        var clear = Talk.to(server.imapUrl())) {
      FakeAccount alice = server.user("alice", "secret").token("t");
      assertThat(imap.readLine()).startsWith("* OK");
      assertThat(clear.readLine()).startsWith("* OK");
      boolean open = told(clear, "LOGIN alice secret").startsWith("a OK");
      boolean passwords = told(imap, "LOGIN alice secret").startsWith("a OK");
      String how = (passwords ? "passwords" : "tokens only") + (open ? "" : ", behind TLS");
      String folders =
          alice.folders().stream().map(f -> "`" + f + "`").collect(Collectors.joining(", "));
      return row("`" + profile + "`", how, folders);
    }
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static void logIn(Talk client, boolean byToken) throws IOException {
    String login = byToken ? "AUTHENTICATE XOAUTH2 " + TOKEN : "LOGIN alice secret";
    assertThat(told(client, login)).startsWith("a OK");
  }

  private static void logInPop3(Talk client, boolean byToken) throws IOException {
    assertThat(client.ask(byToken ? "AUTH XOAUTH2" : "USER alice")).startsWith("+");
    assertThat(client.ask(byToken ? TOKEN : "PASS secret")).startsWith("+OK");
  }

  private static String told(Talk client, String command) throws IOException {
    List<String> lines = client.run("a", command);
    return lines.get(lines.size() - 1);
  }

  private static String capabilities(Talk client) throws IOException {
    return "`" + client.run("c", "CAPABILITY").get(0).substring("* CAPABILITY ".length()) + "`";
  }

  private static String capa(Talk client) throws IOException {
    String status = client.ask("CAPA");
    return status.startsWith("+OK")
        ? client.lines().stream().map(line -> "`" + line + "`").collect(Collectors.joining(", "))
        : "refused";
  }
}
