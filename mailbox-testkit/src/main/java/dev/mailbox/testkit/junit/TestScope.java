// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What belongs to one test, or to a class of tests where it is asked for before there is a test: a
 * thread, servers and users. It is kept in JUnit's store, which closes it. Thread-safe.
 */
final class TestScope implements AutoCloseable {
  private static final Namespace NAMESPACE = Namespace.create(MailServerExtension.class);
  private static final AtomicLong USERS = new AtomicLong();

  private final ExtensionContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<InjectedServer> servers = new ArrayList<>();
  private final Map<Integer, FakeAccount> users = new TreeMap<>();
  private volatile @Nullable TestThread thread;
  private volatile boolean failed;

  private TestScope(ExtensionContext context) {
    this.context = context;
  }

  /** That of this test or class. */
  static TestScope of(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            context.getUniqueId(), unused -> new TestScope(context), TestScope.class);
  }

  /** Those of this test and of the classes around it, as far as there are, the nearest first. */
  static List<TestScope> around(ExtensionContext context) {
    List<TestScope> scopes = new ArrayList<>();
    var store = context.getStore(NAMESPACE);
    for (Optional<ExtensionContext> at = Optional.of(context); at.isPresent(); ) {
      TestScope scope = store.get(at.get().getUniqueId(), TestScope.class);
      if (scope != null) {
        scopes.add(scope);
      }
      at = at.get().getParent();
    }
    return scopes;
  }

  /** The server of that type: one that the test or a class around it has, or a new one. */
  Object server(Class<?> type) {
    return around(context).stream()
        .flatMap(scope -> scope.existing(type).stream())
        .findFirst()
        .orElseGet(() -> started(type));
  }

  /** The user with that number, the first is 0; each has its own name and password in this JVM. */
  FakeAccount user(int number) {
    var server = (FakeMailServer) server(FakeMailServer.class);
    return locked(() -> users.computeIfAbsent(number, unused -> user(server)));
  }

  TestThread thread() {
    return locked(
        () -> {
          TestThread running = thread;
          if (running == null) {
            running = new TestThread(context.getDisplayName());
            thread = running;
          }
          return running;
        });
  }

  /** Adds what all servers in reach have seen to a failure of this test. */
  void failed(Throwable failure) {
    for (TestScope scope : around(context)) {
      scope.failed = true;
      scope.owned().forEach(server -> server.explain(failure));
    }
  }

  /**
   * Looks at what the test has left behind and, if it has passed, at what it has left undone.
   *
   * @throws AssertionError with all that was found; JUnit puts it behind a failure of the test
   */
  void end() {
    Optional<Throwable> failure = context.getExecutionException();
    // First, because what a failure should show must not get lost.
    failure.ifPresent(this::failed);
    List<AssertionError> problems = new ArrayList<>();
    owned().forEach(InjectedServer::letGo);
    TestThread started = thread;
    if (started != null) {
      collect(started::end, problems);
    }
    owned().forEach(server -> collect(server::requireNoOpenConnections, problems));
    if (!failed) {
      owned().forEach(server -> collect(server::verify, problems));
    }
    if (!problems.isEmpty()) {
      AssertionError first = problems.get(0);
      problems.stream().skip(1).forEach(first::addSuppressed);
      if (failure.isEmpty()) {
        failed(first);
      }
      throw first;
    }
  }

  /** Closes the servers and lets the thread go, also where JUnit has not come to the end. */
  @Override
  public void close() {
    TestThread started = thread;
    if (started != null) {
      started.stop();
    }
    List<AssertionError> problems = new ArrayList<>();
    owned().forEach(server -> collect(server::close, problems));
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
  }

  private Optional<Object> existing(Class<?> type) {
    return owned().stream().map(InjectedServer::server).filter(type::isInstance).findFirst();
  }

  private Object started(Class<?> type) {
    return locked(
        () ->
            existing(type)
                .orElseGet(
                    () -> {
                      var server = InjectedServer.start(type, fakes());
                      servers.add(server);
                      return server.server();
                    }));
  }

  private List<InjectedServer> owned() {
    return locked(() -> List.copyOf(servers));
  }

  /** Said by the nearest annotation. */
  private FakeMailServer.Builder fakes() {
    Optional<ExtensionContext> at = Optional.of(context);
    while (at.isPresent()) {
      Optional<MailServerTest> said =
          AnnotationSupport.findAnnotation(at.get().getElement(), MailServerTest.class);
      if (said.isPresent()) {
        return builder(said.get());
      }
      at = at.get().getParent();
    }
    return FakeMailServer.builder();
  }

  private static FakeMailServer.Builder builder(MailServerTest said) {
    FakeMailServer.Builder builder = FakeMailServer.builder().profile(said.value());
    if (said.clearTextLogins()) {
      builder.clearTextLogins();
    }
    return said.passwordLogins() ? builder.passwordLogins() : builder;
  }

  private static FakeAccount user(FakeMailServer server) {
    long number = USERS.incrementAndGet();
    return server.user("user" + number, "password" + number);
  }

  private static void collect(Runnable check, List<AssertionError> problems) {
    try {
      check.run();
    } catch (AssertionError e) {
      problems.add(e);
    } catch (RuntimeException e) {
      problems.add(new AssertionError(e.getMessage(), e));
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
