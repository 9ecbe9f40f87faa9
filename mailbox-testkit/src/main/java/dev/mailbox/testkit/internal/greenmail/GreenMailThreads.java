// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.greenmail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.mailbox.testkit.internal.net.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The beginning and the end of a GreenMail: its threads have names that begin as its ports do. */
final class GreenMailThreads {
  private static final Duration END = Duration.ofSeconds(5);
  private static final long START_MILLIS = 20_000;

  private GreenMailThreads() {}

  static GreenMail start(String... protocols) {
    var setups = Stream.of(protocols).map(GreenMailThreads::setup).toArray(ServerSetup[]::new);
    var greenMail = new GreenMail(setups);
    greenMail.start();
    return greenMail;
  }

  /** Stops it and waits until its threads have ended. */
  static void stop(GreenMail greenMail, String... prefixes) {
    greenMail.stop();
    boolean ended = Await.until(() -> running(prefixes).isEmpty(), END);
    if (!ended && !Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("still running after close: " + running(prefixes));
    }
  }

  private static List<String> running(String... prefixes) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> Stream.of(prefixes).anyMatch(name::startsWith))
        .toList();
  }

  private static ServerSetup setup(String protocol) {
    var setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(START_MILLIS);
    return setup;
  }
}
