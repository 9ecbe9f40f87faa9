// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

/**
 * All rules of the interface in one: what an implementation of {@link dev.mailbox.Mailbox} runs.
 *
 * <p>An implementation in the making may run the contracts that it extends one by one.
 */
public interface MailboxContract
    extends OpenContract,
        CheckContract,
        SyncContract,
        RemovalContract,
        ScopeContract,
        FolderContract,
        FolderNameContract,
        MessageContract,
        EnvelopeContract,
        ContentContract,
        AttachmentContract,
        MalformedContract,
        ActionContract,
        TransferContract,
        AppendContract,
        QueryContract,
        TextSearchContract,
        SearchResultContract,
        AwaitContract,
        FeedContract,
        WatchContract,
        ReceiverContract,
        ReceiverEndContract,
        ExportContract,
        VerifyContract,
        MemoryStoreContract,
        StatusContract,
        BadInputContract {}
