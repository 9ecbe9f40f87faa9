// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where only tokens let anyone in, a password does not by any mechanism; else by each. */
class TokensOnlyTest {
  private static final String SAID = "n=alice,r=abc";

  private static FakeMailServer outlook(boolean passwords) {
    FakeMailServer.Builder builder =
        FakeMailServer.builder().profile(Profile.OUTLOOK).clearTextLogins();
    FakeMailServer server = (passwords ? builder.passwordLogins() : builder).start();
    FakeAccount unused = server.user("alice", "secret");
    FakeImap unusedImap = server.imap().mechanisms("CRAM-MD5", "SCRAM-SHA-256");
    return server;
  }

  private static String outcome(boolean passwords) {
    return passwords ? "a OK " : "a NO ";
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void apopIsNoWayIn(boolean passwords) throws Exception {
    try (var server = outlook(passwords)) {
      FakePop3 unused = server.pop3().apop();
      try (var client = Talk.to(server.pop3Url())) {
        String greeting = client.readLine();
        String signed = greeting.substring(greeting.indexOf('<')) + "secret";
        byte[] digest = MessageDigest.getInstance("MD5").digest(signed.getBytes(UTF_8));
        assertThat(client.ask("APOP alice " + HexFormat.of().formatHex(digest)))
            .startsWith(passwords ? "+OK" : "-ERR Logon failure");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cramIsNoWayIn(boolean passwords) throws Exception {
    try (var server = outlook(passwords);
        var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      String challenge = challenge(client, "a AUTHENTICATE CRAM-MD5");
      byte[] digest = hmac("HmacMD5", "secret".getBytes(UTF_8), challenge);
      String response = "alice " + HexFormat.of().formatHex(digest);
      assertThat(client.ask(base64(response.getBytes(UTF_8)))).startsWith(outcome(passwords));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void scramIsNoWayIn(boolean passwords) throws Exception {
    try (var server = outlook(passwords);
        var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      String first = base64(("n,," + SAID).getBytes(UTF_8));
      String challenge = challenge(client, "a AUTHENTICATE SCRAM-SHA-256 " + first);
      String last = base64(proof(challenge).getBytes(UTF_8));
      String told = client.ask(last);
      assertThat(passwords ? client.ask("") : told).startsWith(outcome(passwords));
    }
  }

  private static String challenge(Talk client, String command) throws IOException {
    String told = client.ask(command);
    assertThat(told).startsWith("+ ");
    return new String(Base64.getDecoder().decode(told.substring(2)), UTF_8);
  }

  /** What the client says last (RFC 5802, section 3). */
  private static String proof(String challenge) throws GeneralSecurityException {
    String[] fields = challenge.split(",", 3);
    byte[] salt = Base64.getDecoder().decode(fields[1].substring(2));
    int iterations = Integer.parseInt(fields[2].substring(2));
    var key = new PBEKeySpec("secret".toCharArray(), salt, iterations, 256);
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
    byte[] proof = hmac("HmacSHA256", salted, "Client Key");
    String end = "c=biws," + fields[0];
    byte[] stored = MessageDigest.getInstance("SHA-256").digest(proof);
    byte[] signature = hmac("HmacSHA256", stored, SAID + "," + challenge + "," + end);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= signature[i];
    }
    return end + ",p=" + base64(proof);
  }

  private static byte[] hmac(String name, byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(key, name));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
