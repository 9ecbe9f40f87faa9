// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.net.URI;
import javax.net.ssl.SSLContext;

/** A server that scripts run on. */
interface ProtocolServer extends AutoCloseable {

  /** What lines that are meant for it, or not for it, call it. */
  String name();

  URI imap();

  URI pop3();

  /** Whether it tells of flags where nobody asked, as RFC 3501, section 7, allows. */
  boolean isTalkative();

  /** Who vouches for it after STARTTLS. */
  SSLContext tls();

  /** Whose mail the script of that name uses. */
  User user(String script);

  @Override
  void close();

  /** A login, and a way past the protocol for mail to come in. */
  interface User {
    String name();

    String password();

    /** Whether nobody has used it before. */
    boolean isFresh();

    void deliver(byte[] mail);

    /** Whether its mail can be limited. */
    boolean hasQuota();

    /** How many bytes of mail sessions that log in from now on may put in. */
    void quota(long bytes);
  }
}
