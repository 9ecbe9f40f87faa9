// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;

/**
 * Where the server lists a message.
 *
 * @param folder in which folder
 * @param key under which key
 */
public record EntryPlace(FolderPath folder, String key) {}
