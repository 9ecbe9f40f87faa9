// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Properties;

/** A Jakarta Mail message that reads its content from a source instead of holding it. */
final class StoredMimeMessage extends MimeMessage {
  private static final int IN_MEMORY = 1 << 20;

  private final RawSource source;
  private final long contentStart;
  private boolean headerChanged;

  /** Made once: it looks for providers, and these messages are not sent through it. */
  private static final class Sessions {
    static final Session SESSION = Session.getInstance(new Properties());
  }

  private StoredMimeMessage(RawSource source, byte[] header) throws MessagingException {
    super(Sessions.SESSION);
    this.source = source;
    this.contentStart = header.length;
    this.headers = new InternetHeaders(new ByteArrayInputStream(header), true);
    this.modified = false;
    this.saved = true;
  }

  static MimeMessage over(RawSource source) {
    try {
      RawSource kept = source.sizeInBytes() <= IN_MEMORY ? inMemory(source) : source;
      return new StoredMimeMessage(kept, header(kept));
    } catch (IOException e) {
      throw IoFailures.unreadable(e);
    } catch (MessagingException e) {
      throw new IllegalStateException("Jakarta Mail refused bytes in memory", e);
    }
  }

  private static RawSource inMemory(RawSource source) throws IOException {
    try (InputStream in = source.open()) {
      return new BytesSource(in.readAllBytes());
    }
  }

  private static byte[] header(RawSource source) throws IOException {
    HeaderCapture capture = new HeaderCapture();
    byte[] buffer = new byte[8192];
    try (InputStream in = source.open()) {
      int count = in.read(buffer);
      while (count >= 0 && !capture.isComplete()) {
        capture.accept(buffer, 0, count);
        count = in.read(buffer);
      }
    }
    return capture.block();
  }

  @Override
  protected InputStream getContentStream() throws MessagingException {
    boolean replaced = content != null || contentStream != null;
    return replaced
        ? super.getContentStream()
        : new SharedSourceStream(source, contentStart, source.sizeInBytes());
  }

  @Override
  public int getSize() throws MessagingException {
    boolean replaced = content != null || contentStream != null;
    long size = source.sizeInBytes() - contentStart;
    return replaced ? super.getSize() : (int) Math.min(Integer.MAX_VALUE, size);
  }

  @Override
  public void writeTo(OutputStream target, String[] ignored)
      throws IOException, MessagingException {
    boolean whole = ignored == null || ignored.length == 0;
    if (whole && saved && !modified && !headerChanged) {
      try (InputStream in = source.open()) {
        in.transferTo(target);
      }
    } else {
      super.writeTo(target, ignored);
    }
  }

  @Override
  public void setHeader(String name, String value) throws MessagingException {
    headerChanged = true;
    super.setHeader(name, value);
  }

  @Override
  public void addHeader(String name, String value) throws MessagingException {
    headerChanged = true;
    super.addHeader(name, value);
  }

  @Override
  public void removeHeader(String name) throws MessagingException {
    headerChanged = true;
    super.removeHeader(name);
  }

  @Override
  public void addHeaderLine(String line) throws MessagingException {
    headerChanged = true;
    super.addHeaderLine(line);
  }
}
