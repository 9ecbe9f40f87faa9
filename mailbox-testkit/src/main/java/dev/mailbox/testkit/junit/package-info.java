// SPDX-License-Identifier: Apache-2.0
/** The JUnit 5 extension: servers as parameters, and a leak check after each test. */
@NullMarked
package dev.mailbox.testkit.junit;

import org.jspecify.annotations.NullMarked;
