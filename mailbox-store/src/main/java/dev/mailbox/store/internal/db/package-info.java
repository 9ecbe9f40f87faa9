// SPDX-License-Identifier: Apache-2.0
/** The database file: its lock, schema, one writer and several readers. All SQL is here. */
@NullMarked
package dev.mailbox.store.internal.db;

import org.jspecify.annotations.NullMarked;
