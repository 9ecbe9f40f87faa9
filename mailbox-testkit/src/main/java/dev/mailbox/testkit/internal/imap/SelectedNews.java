// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import java.util.List;

/**
 * What a session wants to be told of the folder that it has selected (RFC 5465, section 6.1).
 *
 * @param ofMessages whether messages that come and go are told
 * @param ofFlags whether changes of flags are told
 * @param atOnce whether that a message is gone may be told when no command allows it
 * @param items what is told of a new message beside its number
 */
record SelectedNews(boolean ofMessages, boolean ofFlags, boolean atOnce, List<FetchItem> items) {
  /** Without NOTIFY: all of it, when a command comes. */
  static final SelectedNews USUAL = new SelectedNews(true, true, false, List.of());

  static final SelectedNews NONE = new SelectedNews(false, false, false, List.of());

  SelectedNews {
    items = List.copyOf(items);
  }
}
