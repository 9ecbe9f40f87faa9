// SPDX-License-Identifier: Apache-2.0
/** Programs that are killed, cut off from their server or their disk, and started again. */
package dev.mailbox.checks.crash;
