// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.InMemoryMailbox;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** The extension of {@link MailServerTest}. It has no state of its own; JUnit's store has it. */
public final class MailServerExtension
    implements ParameterResolver, InvocationInterceptor, BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(MailServerExtension.class);
  private static final Map<Class<?>, Supplier<?>> SERVERS =
      Map.of(
          FakeMailServer.class, FakeMailServer::start,
          DovecotServer.class, DovecotServer::startOrSkip,
          ScriptedServer.class, ScriptedServer::start,
          FakePop3.class, FakePop3::start,
          FakeImap.class, FakeImap::start,
          InMemoryMailbox.class, InMemoryMailbox::imap,
          TestCertificates.class, TestCertificates::shared);

  /** Made by JUnit. */
  public MailServerExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return SERVERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return context.getStore(NAMESPACE).getOrComputeIfAbsent(type, MailServerExtension::start);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put(TestThread.class, new TestThread(context.getDisplayName()));
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    thread(context).run(invocation::proceed);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    thread(context).run(invocation::proceed);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    thread(context).run(invocation::proceed);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    thread(context).run(invocation::proceed);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    // First, because the end may throw: what a failure should show must not get lost.
    context.getExecutionException().ifPresent(failure -> explain(context, failure));
    closeMailbox(context);
    thread(context).end();
    if (context.getExecutionException().isEmpty()) {
      verify(context);
    }
  }

  /** Its watches run on threads that the test started. */
  private static void closeMailbox(ExtensionContext context) {
    var mailbox = context.getStore(NAMESPACE).get(InMemoryMailbox.class, InMemoryMailbox.class);
    if (mailbox != null) {
      mailbox.close();
    }
  }

  private static Object start(Class<?> type) {
    Supplier<?> starter = SERVERS.get(type);
    if (starter == null) {
      throw new IllegalArgumentException("no server of type " + type.getName());
    }
    return starter.get();
  }

  /** Adds to a failure what the injected servers have seen. */
  private static void explain(ExtensionContext context, Throwable failure) {
    var store = context.getStore(NAMESPACE);
    var scripted = store.get(ScriptedServer.class, ScriptedServer.class);
    if (scripted != null) {
      failure.addSuppressed(new ServerLog("scripted server received", scripted.received()));
    }
    var pop3 = store.get(FakePop3.class, FakePop3.class);
    if (pop3 != null) {
      failure.addSuppressed(new ServerLog("POP3 side received", pop3.commands()));
    }
    var imap = store.get(FakeImap.class, FakeImap.class);
    if (imap != null) {
      failure.addSuppressed(new ServerLog("IMAP side received", said(imap)));
    }
    var dovecot = store.get(DovecotServer.class, DovecotServer.class);
    if (dovecot != null) {
      failure.addSuppressed(new ServerLog("Dovecot's log", List.of(dovecot.log().split("\n"))));
    }
  }

  private static List<String> said(FakeImap server) {
    return server.commands().stream().map(ImapCommand::toString).toList();
  }

  private static void verify(ExtensionContext context) {
    var store = context.getStore(NAMESPACE);
    var scripted = store.get(ScriptedServer.class, ScriptedServer.class);
    if (scripted != null) {
      scripted.verify();
    }
    var pop3 = store.get(FakePop3.class, FakePop3.class);
    if (pop3 != null) {
      pop3.verify();
    }
    var imap = store.get(FakeImap.class, FakeImap.class);
    if (imap != null) {
      imap.verify();
    }
    var mailbox = store.get(InMemoryMailbox.class, InMemoryMailbox.class);
    if (mailbox != null) {
      mailbox.server().verify();
    }
  }

  private static TestThread thread(ExtensionContext context) {
    TestThread thread = context.getStore(NAMESPACE).get(TestThread.class, TestThread.class);
    if (thread == null) {
      throw new IllegalStateException("no thread for " + context.getDisplayName());
    }
    return thread;
  }
}
