// SPDX-License-Identifier: Apache-2.0
/**
 * Mails for tests: builders, real and malformed fixtures, huge mails that are made while they are
 * read.
 */
@NullMarked
package dev.mailbox.testkit.mail;

import org.jspecify.annotations.NullMarked;
