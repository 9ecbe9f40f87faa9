// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

/**
 * Where something may go wrong.
 *
 * @param command what the client said
 * @param user who is logged in, or wants to be by this command; empty for nobody
 * @param folder what is selected; empty for none
 */
public record Occasion<C>(C command, String user, String folder) {}
