// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What a client answers while it logs in on one connection. */
final class Sasl {
  private static final Pattern CHALLENGE = Pattern.compile("r=([^,]*),s=([^,]*),i=([0-9]+)");

  private String clientFirst = "";
  private String serverSignature = "";

  String plain(String user, String password) {
    return base64("\0" + user + "\0" + password);
  }

  String cram(String user, String password, String challenge) throws GeneralSecurityException {
    byte[] digest = hmac("HmacMD5", bytes(password), decoded(challenge));
    return base64(user + " " + HexFormat.of().formatHex(digest));
  }

  String apop(String password, String greeting) throws GeneralSecurityException {
    String stamp = greeting.substring(greeting.indexOf('<'), greeting.indexOf('>') + 1);
    byte[] digest = MessageDigest.getInstance("MD5").digest(bytes(stamp + password));
    return HexFormat.of().formatHex(digest);
  }

  /** The first message of SCRAM-SHA-256 (RFC 7677). */
  String scramFirst(String user) {
    clientFirst = "n=" + user + ",r=fyko+d2lbbFgONRv9qkxdawL";
    return base64("n,," + clientFirst);
  }

  /** The second one, for what the server has said to the first. */
  String scramFinal(String password, String challenge) throws GeneralSecurityException {
    String serverFirst = decoded(challenge);
    Matcher parts = CHALLENGE.matcher(serverFirst);
    if (!parts.matches()) {
      throw new GeneralSecurityException("no challenge of SCRAM: " + serverFirst);
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(2));
    byte[] salted = salted(password, salt, Integer.parseInt(parts.group(3)));
    String unproved = "c=biws,r=" + parts.group(1);
    String message = clientFirst + "," + serverFirst + "," + unproved;
    byte[] serverKey = hmac("HmacSHA256", salted, "Server Key");
    serverSignature =
        base64("v=" + Base64.getEncoder().encodeToString(hmac("HmacSHA256", serverKey, message)));
    return base64(unproved + ",p=" + proof(salted, message));
  }

  /** What a server that knows the password too says to the second. */
  String scramServer() {
    return serverSignature;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(bytes(text));
  }

  private static byte[] salted(String password, byte[] salt, int rounds)
      throws GeneralSecurityException {
    var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, 256);
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
  }

  private static String proof(byte[] salted, String message) throws GeneralSecurityException {
    byte[] clientKey = hmac("HmacSHA256", salted, "Client Key");
    byte[] stored = MessageDigest.getInstance("SHA-256").digest(clientKey);
    byte[] signature = hmac("HmacSHA256", stored, message);
    for (int i = 0; i < clientKey.length; i++) {
      clientKey[i] ^= signature[i];
    }
    return Base64.getEncoder().encodeToString(clientKey);
  }

  private static byte[] hmac(String algorithm, byte[] key, String message)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(bytes(message));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
