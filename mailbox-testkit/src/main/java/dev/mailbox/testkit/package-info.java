// SPDX-License-Identifier: Apache-2.0
/** Servers, faults, fixtures and contracts for tests of mail retrieval code. */
@NullMarked
package dev.mailbox.testkit;

import org.jspecify.annotations.NullMarked;
