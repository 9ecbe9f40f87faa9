// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tours of every profile by Python's imaplib and poplib, which check what they are told. */
@Timeout(60)
class PythonTest {
  @TempDir Path folder;

  @BeforeAll
  static void findPython() {
    boolean found =
        Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "python3")));
    RealServer.check(
        found ? "" : "python3 is not on the PATH (apt-get install python3)",
        Boolean.getBoolean(DovecotServer.REQUIRED_PROPERTY));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void imaplibToursTheServer(Profile profile) throws Exception {
    try (var server = FakeMailServer.start(profile)) {
      FakeAccount alice = server.user("alice", "secret");
      var settings = settings(server, profile, server.imapUrl(), server.imapsUrl());
      settings.put("inbox", profile == Profile.YAHOO ? "Inbox" : "INBOX");
      settings.put("prefix", alice.namespace());
      settings.put("delimiter", "" + alice.delimiter());
      tour("imap_tour.py", settings, "IMAP tour complete");
      assertThat(alice.inbox().messages())
          .singleElement()
          .satisfies(m -> assertThat(new String(m.raw(), UTF_8)).contains("Subject: second"));
      // The tour asks for what is not there, on purpose, and for nothing else that is wrong.
      assertThatThrownBy(server::verify)
          .hasMessageMatching(
              "clients broke the protocol: \\[\\w+ FETCH 99 \\(FLAGS\\):"
                  + " there is no message with such a number]");
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void poplibToursTheServer(Profile profile) throws Exception {
    try (var server = FakeMailServer.start(profile)) {
      var settings = settings(server, profile, server.pop3Url(), server.pop3sUrl());
      boolean uidl = profile != Profile.NO_UIDL;
      settings.put("uidls", uidl ? server.user("alice", "secret").maildrop().uidls() : List.of());
      settings.put("top", profile != Profile.MINIMAL);
      settings.put("capa", profile != Profile.MINIMAL && profile != Profile.NO_CAPA);
      settings.put("apop", offersApop(profile));
      tour("pop3_tour.py", settings, "POP3 tour complete");
      assertThat(server.user("alice", "secret").inbox().count()).isEqualTo(1);
      server.verify();
    }
  }

  private static boolean offersApop(Profile profile) {
    return switch (profile) {
      case COMPLETE, ICLOUD, NO_UIDL, NO_CAPA -> true;
      default -> false;
    };
  }

  private static boolean needsTls(Profile profile) {
    return switch (profile) {
      case GMAIL, OUTLOOK, YAHOO, ICLOUD -> true;
      default -> false;
    };
  }

  private Map<String, Object> settings(
      FakeMailServer server, Profile profile, String url, String tlsUrl) {
    List<byte[]> mails =
        List.of(
            mail("Grüße aus Köln").text("hi\r\n.dot\r\nand more").build(),
            "Subject: second\r\n\r\none\r\n\r\n..two\r\n".getBytes(US_ASCII));
    FakeFolder inbox = server.user("alice", "secret").inbox();
    mails.forEach(inbox::deliver);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("port", URI.create(url).getPort());
    settings.put("tlsPort", URI.create(tlsUrl).getPort());
    settings.put("ca", server.certificates().writeAuthorityPem(folder).toString());
    boolean outlook = profile == Profile.OUTLOOK;
    if (outlook) {
      FakeAccount unused = server.user("alice", "secret").token("a.token");
    }
    settings.put("token", outlook ? "a.token" : "");
    settings.put("needsTls", needsTls(profile));
    settings.put("user", "alice");
    settings.put("password", "secret");
    settings.put("mails", mails.stream().map(Base64.getEncoder()::encodeToString).toList());
    return settings;
  }

  private void tour(String script, Map<String, Object> settings, String end) throws Exception {
    Path file = folder.resolve(script);
    try (InputStream in = PythonTest.class.getResourceAsStream("python/" + script)) {
      Files.write(file, in.readAllBytes());
    }
    var command = new ArrayList<>(List.of("python3", "-I", "-X", "utf8"));
    command.addAll(List.of(file.toString(), json(settings)));
    Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(python.getInputStream().readAllBytes(), UTF_8);
      assertThat(python.waitFor()).as(said).isZero();
      assertThat(said.strip()).isEqualTo(end);
    } finally {
      python.destroyForcibly();
    }
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      var fields = new ArrayList<String>();
      for (var each : map.entrySet()) {
        fields.add(json(String.valueOf(each.getKey())) + ":" + json(each.getValue()));
      }
      return "{" + String.join(",", fields) + "}";
    }
    if (value instanceof List<?> list) {
      var items = new ArrayList<String>();
      for (Object each : list) {
        items.add(json(each));
      }
      return "[" + String.join(",", items) + "]";
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(c -> String.format(Locale.ROOT, "\\u%04x", c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
