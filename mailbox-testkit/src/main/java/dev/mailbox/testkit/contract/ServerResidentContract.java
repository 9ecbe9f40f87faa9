// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

/**
 * What holds beside {@link MailboxContract} where mail lives on the server: what is done here is
 * done there, and what others do there is seen here.
 */
public interface ServerResidentContract
    extends ServerFlagContract,
        ServerActionContract,
        ServerRefusalContract,
        ServerFolderContract,
        ServerRebuildContract {}
