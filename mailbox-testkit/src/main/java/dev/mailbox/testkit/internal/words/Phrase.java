// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.words;

/** Something that servers say, each in words of its own. */
public interface Phrase {

  /** What a server says that is no particular one; names in braces stand for what is known then. */
  String neutral();
}
