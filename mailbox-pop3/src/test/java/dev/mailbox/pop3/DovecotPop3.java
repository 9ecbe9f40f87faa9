// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.contract.ContractServer;
import java.util.Arrays;
import java.util.List;

/** A real Dovecot, reached over POP3. */
final class DovecotPop3 implements ContractServer {
  private static final String PASSWORD = "correct horse";

  private final DovecotServer server = DovecotServer.startOrSkip();

  @Override
  public String displayName() {
    return "Dovecot over POP3";
  }

  @Override
  public MailboxConfig.Builder config(String user) {
    server.user(user, PASSWORD);
    return MailboxConfig.at(server.pop3sUrl())
        .tls(TlsMode.IMPLICIT)
        .trust(server.certificates().clientContext())
        .login(user, PASSWORD);
  }

  @Override
  public void deliver(String user, byte[] rawMessage) {
    server.user(user, PASSWORD).inbox().deliver(rawMessage);
  }

  @Override
  public List<byte[]> held(String user) {
    return server.user(user, PASSWORD).inbox().messages().stream()
        .map(HeldMessage::raw)
        .map(DovecotPop3::sent)
        .toList();
  }

  /** POP3 has no way to send a last line without an end (RFC 1939 section 3). */
  private static byte[] sent(byte[] raw) {
    if (raw.length == 0 || raw[raw.length - 1] == '\n') {
      return raw;
    }
    byte[] sent = Arrays.copyOf(raw, raw.length + 2);
    sent[raw.length] = '\r';
    sent[raw.length + 1] = '\n';
    return sent;
  }

  @Override
  public Residence residence() {
    return Residence.LOCAL;
  }

  @Override
  public void close() {
    server.close();
  }
}
