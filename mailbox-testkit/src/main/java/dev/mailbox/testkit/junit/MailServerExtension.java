// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import dev.mailbox.testkit.FakeAccount;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** The extension of {@link MailServerTest}. It has no state of its own; JUnit's store has it. */
public final class MailServerExtension
    implements ParameterResolver,
        InvocationInterceptor,
        BeforeAllCallback,
        AfterEachCallback,
        AfterAllCallback {

  /** Made by JUnit. */
  public MailServerExtension() {}

  /** What a constructor asks for belongs to the test that it is called for, if there is one. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == FakeAccount.class || InjectedServer.isKnown(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    var scope = TestScope.of(context);
    return type == FakeAccount.class ? scope.user(usersBefore(parameter)) : scope.server(type);
  }

  /** What initializing the class starts belongs to the class, not to the test that comes first. */
  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Class<?> tests = context.getRequiredTestClass();
    try {
      Object unused =
          TestScope.of(context)
              .thread()
              .call(() -> Class.forName(tests.getName(), true, tests.getClassLoader()));
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> constructor,
      ExtensionContext context)
      throws Throwable {
    return TestScope.of(context).thread().call(invocation::proceed);
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    return TestScope.of(context).thread().call(invocation::proceed);
  }

  /** Dynamic tests belong to their factory: they share its thread, servers and users. */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
      throws Throwable {
    TestScope factory = TestScope.around(context).get(0);
    try {
      Object unused = factory.thread().call(invocation::proceed);
    } catch (Throwable failure) {
      factory.failed(failure);
      throw failure;
    }
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestScope.of(context).end();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TestScope.of(context).end();
  }

  private static void run(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
    Object unused = TestScope.of(context).thread().call(invocation::proceed);
  }

  /** The first parameter of each method is the same user, and so on. */
  private static int usersBefore(ParameterContext parameter) {
    return (int)
        Arrays.stream(parameter.getDeclaringExecutable().getParameters())
            .limit(parameter.getIndex())
            .map(Parameter::getType)
            .filter(type -> type == FakeAccount.class)
            .count();
  }
}
