// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/** How far an action got before its method returned. */
public enum Outcome {
  /** The server has done it, and the local copy shows it. */
  ON_SERVER,
  /** The local copy shows it, and it waits, durably, to be done on the server. */
  QUEUED,
  /** Done in the local store, which is where it belongs: no server needs to know. */
  LOCAL
}
