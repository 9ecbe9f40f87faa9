// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.session;

import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.internal.fault.Rules;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the servers of both protocols can be told and asked alike. Thread-safe. */
public interface Engine {
  /** What goes wrong. */
  Rules<?> rules();

  /** The sessions that are open, and what limits them. */
  Sessions<?> limits();

  /** Where clients broke the protocol. */
  List<String> violations();

  /** Offers these SASL mechanisms and no others. */
  void mechanisms(List<String> names);

  /** Lets nobody in before TLS. */
  void requireTls(boolean on);

  /** With what to begin TLS when a client asks for it; null when that is not offered. */
  void startTls(@Nullable SSLContext context);

  /** What certificates look like that have a flaw. */
  void flawed(Function<Fault.Flaw, SSLContext> contexts);
}
