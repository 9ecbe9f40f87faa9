// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.DovecotAccount;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.MailServer;
import dev.mailbox.testkit.ServerAccount;
import java.net.URI;
import javax.net.ssl.SSLContext;

/** One of the testkit's own servers, with a new user for each script. */
record TestkitServer(String name, MailServer server, boolean isTalkative)
    implements ProtocolServer {
  private static final String PASSWORD = "secret";

  /** One that tells of flags only where the rules say so. */
  TestkitServer(String name, MailServer server) {
    this(name, server, false);
  }

  @Override
  public URI imap() {
    return URI.create(server.imapUrl());
  }

  @Override
  public URI pop3() {
    return URI.create(server.pop3Url());
  }

  @Override
  public SSLContext tls() {
    return server.certificates().clientContext();
  }

  @Override
  public User user(String script) {
    return new Fresh(server.user("u-" + script, PASSWORD));
  }

  @Override
  public void close() {
    server.close();
  }

  private record Fresh(ServerAccount account) implements User {
    @Override
    public String name() {
      return account.name();
    }

    @Override
    public String password() {
      return account.password();
    }

    @Override
    public boolean isFresh() {
      return true;
    }

    @Override
    public void deliver(byte[] mail) {
      account.inbox().deliver(mail);
    }

    @Override
    public boolean hasQuota() {
      return account instanceof DovecotAccount || account instanceof FakeAccount;
    }

    @Override
    public void quota(long bytes) {
      if (account instanceof FakeAccount fake) {
        FakeAccount unused = fake.quota(bytes);
      } else {
        ((DovecotAccount) account).quota(bytes);
      }
    }
  }
}
