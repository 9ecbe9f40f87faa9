// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests the servers that they name as parameters, and fails a test that leaves something
 * running.
 *
 * <p>A parameter may be a {@code FakeMailServer}, {@code DovecotServer}, {@code ScriptedServer},
 * {@code FakePop3}, {@code FakeImap}, {@code TestCertificates} or {@code InMemoryMailbox}, which is
 * one whose mail lives on its server. Each test has servers of its own, one of each type, shared
 * with its {@code @BeforeEach} methods, and closed behind it. Where Dovecot is not installed, tests
 * that ask for it are skipped. Scripts of an injected {@code ScriptedServer}, {@code FakePop3} or
 * {@code FakeImap}, and overrides, are verified at the end of the test; what clients said to them,
 * and Dovecot's log, is added to a failure.
 *
 * <p>After {@code @AfterEach}, no thread that the test started may be alive and no server of the
 * testkit that it started may be open. To tell what is whose, each test runs on a thread of its
 * own, in a thread group of its own; so tests may run in parallel. Virtual threads and the threads
 * of {@code ForkJoinPool.commonPool()} are not watched.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(MailServerExtension.class)
public @interface MailServerTest {}
