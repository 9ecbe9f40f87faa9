// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import dev.mailbox.testkit.Profile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests the servers and users that they name as parameters, and fails a test that leaves
 * something running. Needs JUnit 5.13 or newer.
 *
 * <p>A parameter may be a {@code FakeMailServer}, {@code DovecotServer}, {@code ScriptedServer},
 * {@code TestCertificates} or {@code InMemoryMailbox}, which is one whose mail lives on its server.
 * Each test has servers of its own, one of each type, shared with its constructor and its
 * {@code @BeforeEach} and {@code @AfterEach} methods, and closed behind it. What {@code @BeforeAll}
 * asks for, or the constructor of a class with one instance, belongs to the class, and its tests
 * are given the same. Where Dovecot is not installed, tests that ask for it are skipped.
 *
 * <p>A {@code FakeAccount} is a user of the {@code FakeMailServer} with a name and password that no
 * other test has. Several parameters are several users; the first one of each method of a test is
 * the same user, and so on.
 *
 * <p>At the end of a test that has passed, the servers are verified: a script or rule that was not
 * used fails it, and so does a client that broke the protocol. What clients and servers said is
 * added to each failure as a suppressed exception, without secrets.
 *
 * <p>After {@code @AfterEach}, no thread that the test started may be alive, no server of the
 * testkit that it started may be open, and no connection to its fake servers. To tell what is
 * whose, each test runs on a thread of its own, in a thread group of its own; so tests may run in
 * parallel. What belongs to a class is looked at after {@code @AfterAll}. The tests of a
 * {@code @TestFactory} are looked at together, behind the last one, and run one after the other.
 * Virtual threads and those that the JDK has for the whole JVM are not watched.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(MailServerExtension.class)
public @interface MailServerTest {
  /**
   * As which provider a {@code FakeMailServer} behaves. An annotation at a method or a nested class
   * goes before that of the class around it.
   */
  Profile value() default Profile.COMPLETE;

  /**
   * Whether clients may log in without TLS also where the profile lets nobody in then; as {@code
   * FakeMailServer.Builder.clearTextLogins()}.
   */
  boolean clearTextLogins() default false;

  /**
   * Whether users may log in by their passwords also where the profile takes only tokens, which a
   * test gives them by {@code FakeAccount.token}; as {@code
   * FakeMailServer.Builder.passwordLogins()}.
   */
  boolean passwordLogins() default false;
}
