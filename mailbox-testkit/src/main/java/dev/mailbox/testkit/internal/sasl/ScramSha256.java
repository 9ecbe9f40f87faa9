// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RFC 7677, without channel binding. */
final class ScramSha256 implements Exchange {
  private static final int ITERATIONS = 4096;
  private static final String HMAC = "HmacSHA256";

  private final Accounts accounts;
  private final Nonces nonces;
  private final byte[] salt;
  private String clientFirst = "";
  private String serverFirst = "";
  private String header = "";
  private @Nullable Account account;
  private boolean proved;

  ScramSha256(Accounts accounts, Nonces nonces) {
    this.accounts = accounts;
    this.nonces = nonces;
    this.salt = nonces.next().getBytes(UTF_8);
  }

  @Override
  public boolean clientSpeaksFirst() {
    return true;
  }

  @Override
  public Turn next(byte[] response) {
    String text = new String(response, UTF_8);
    if (serverFirst.isEmpty()) {
      return first(text);
    }
    Account known = account;
    if (known == null) {
      return new Refused();
    }
    return proved ? new Accepted(known) : last(text, known);
  }

  private Turn first(String text) {
    int bare = text.startsWith("n,") || text.startsWith("y,") ? text.indexOf(',', 2) + 1 : 0;
    Map<String, String> fields = fields(text.substring(bare));
    String user = fields.get("n");
    String nonce = fields.get("r");
    if (bare == 0 || user == null || nonce == null) {
      return new Refused();
    }
    header = text.substring(0, bare);
    clientFirst = text.substring(bare);
    account = accounts.find(user.replace("=2C", ",").replace("=3D", "=")).orElse(null);
    serverFirst = "r=" + nonce + nonces.next() + ",s=" + base64(salt) + ",i=" + ITERATIONS;
    return new Challenge(serverFirst);
  }

  private Turn last(String text, Account known) {
    Map<String, String> fields = fields(text);
    int proofAt = text.lastIndexOf(",p=");
    Optional<String> password = accounts.password(known);
    boolean bound = base64(header.getBytes(UTF_8)).equals(fields.get("c"));
    boolean fresh = serverFirst.startsWith("r=" + fields.get("r") + ",");
    if (password.isEmpty() || proofAt < 0 || !bound || !fresh) {
      return new Refused();
    }
    String said = clientFirst + "," + serverFirst + "," + text.substring(0, proofAt);
    byte[] signed = said.getBytes(UTF_8);
    byte[] salted = Hashes.salted(password.get(), salt, ITERATIONS);
    byte[] clientKey = Hashes.hmac(HMAC, salted, "Client Key".getBytes(UTF_8));
    byte[] signature = Hashes.hmac(HMAC, Hashes.digest("SHA-256", clientKey), signed);
    String proof = base64(xor(clientKey, signature));
    if (!proof.equals(text.substring(proofAt + 3))) {
      return new Refused();
    }
    proved = true;
    byte[] serverKey = Hashes.hmac(HMAC, salted, "Server Key".getBytes(UTF_8));
    String verifier = "v=" + base64(Hashes.hmac(HMAC, serverKey, signed));
    return new Challenge(verifier);
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split(",", -1)) {
      if (field.length() >= 2 && field.charAt(1) == '=') {
        fields.put(field.substring(0, 1), field.substring(2));
      }
    }
    return fields;
  }

  private static byte[] xor(byte[] a, byte[] b) {
    var result = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = (byte) (a[i] ^ b[i]);
    }
    return result;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
