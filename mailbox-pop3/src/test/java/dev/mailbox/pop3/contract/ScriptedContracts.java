// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.Pop3Message;
import dev.mailbox.testkit.contract.ContractServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A scripted maildrop for each account, in clear text. */
final class ScriptedContracts implements ContractServer {
  private static final String PASSWORD = "secret";

  private final Map<String, FakePop3> maildrops = new ConcurrentHashMap<>();

  private FakePop3 maildrop(String user) {
    return maildrops.computeIfAbsent(user, u -> FakePop3.start().login(u, PASSWORD));
  }

  @Override
  public String displayName() {
    return "the scripted server over POP3";
  }

  @Override
  public MailboxConfig.Builder config(String user) {
    return MailboxConfig.at(maildrop(user).url() + "?tls=none").login(user, PASSWORD);
  }

  @Override
  public void deliver(String user, byte[] rawMessage) {
    maildrop(user).deliver(rawMessage);
  }

  @Override
  public List<byte[]> held(String user) {
    return maildrop(user).messages().stream().map(ScriptedContracts::raw).toList();
  }

  private static byte[] raw(Pop3Message message) {
    return message.raw();
  }

  @Override
  public Residence residence() {
    return Residence.LOCAL;
  }

  @Override
  public void close() {
    maildrops.values().forEach(FakePop3::close);
  }
}
