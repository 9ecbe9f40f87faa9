// SPDX-License-Identifier: Apache-2.0
/**
 * AssertJ assertions about what a server holds and what its clients said. A failure tells what
 * there was instead.
 *
 * <pre>{@code
 * import static dev.mailbox.testkit.assertj.MailAssertions.assertThat;
 *
 * assertThat(server).heardInOrder("LOGIN", "EXAMINE", "UID FETCH").neverHeard("EXPUNGE");
 * assertThat(alice.inbox()).hasMessages(1).onlyMessage().hasSubject("hello").isUnseen();
 * }</pre>
 *
 * <p>Needs AssertJ on the path. It goes together with {@code Assertions.assertThat} of AssertJ:
 * both can be imported.
 */
@NullMarked
package dev.mailbox.testkit.assertj;

import org.jspecify.annotations.NullMarked;
