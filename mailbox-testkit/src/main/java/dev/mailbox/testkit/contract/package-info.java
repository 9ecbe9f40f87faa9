// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of the mailbox interface, as tests that every implementation runs.
 *
 * <p>Each contract is an interface with default test methods; the name of a method is the rule that
 * it checks. An implementation plugs in with one class that names a server and a directory:
 *
 * <pre>{@code
 * final class MyMailboxTest implements MailboxContract {
 *   private static final ContractServer SERVER = new MyServer();
 *   @TempDir Path directory;
 *
 *   @AfterAll static void stop() { SERVER.close(); }
 *   @Override public ContractServer server() { return SERVER; }
 *   @Override public Path directory() { return directory; }
 * }
 * }</pre>
 *
 * <p>Every test makes an account of its own, so tests may run in any order and at the same time. A
 * server with a known defect leaves out a rule by overriding its method without {@code @Test},
 * beside a comment that names the defect.
 *
 * <p>Needs JUnit Jupiter and AssertJ on the path.
 */
@NullMarked
package dev.mailbox.testkit.contract;

import org.jspecify.annotations.NullMarked;
