// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.content;

/**
 * One field of a header.
 *
 * @param name the name as written
 * @param value the value, unfolded, with encoded words (RFC 2047) decoded
 */
public record HeaderField(String name, String value) {}
