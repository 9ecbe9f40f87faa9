// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/**
 * What an export wrote.
 *
 * @param messages messages written
 * @param bytes their bytes
 * @param notDownloaded messages left out because their bodies are not here
 */
public record ExportReport(int messages, long bytes, int notDownloaded) {}
