// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/** How far an action got before its method returned. */
public enum Outcome {
  /**
   * The server has done it, and the local copy shows it. Of a message that another program has
   * removed meanwhile, this is also said of flags and of deletion, as servers do; the next sync
   * removes it here.
   */
  ON_SERVER,
  /**
   * The local copy shows it, and it waits to be done on the server: behind the caller's back as
   * soon as that can be reached, and at each sync. With a store on disk it survives a restart, and
   * then waits for the next sync, flush or action. {@link Mailbox#flush} waits for it; {@link
   * Mailbox#failedActions} tells if the server refused it in the end. A deletion on a POP3 server
   * waits for the next sync alone.
   */
  QUEUED,
  /** Done in the local store, which is where it belongs: no server needs to know. */
  LOCAL
}
