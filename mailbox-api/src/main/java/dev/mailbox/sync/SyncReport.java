// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a synchronization did. Immutable.
 *
 * <p>Counts are of messages. A report is returned when everything went through; when the sync fails
 * half way, what was durable until then stays, and the next sync goes on from there.
 */
public final class SyncReport {
  private final int downloaded;
  private final int headersOnly;
  private final int kept;
  private final int deleted;
  private final int unconfirmed;
  private final int outOfScope;
  private final long bytes;
  private final int problemCount;
  private final List<SyncProblem> problems;
  private final List<String> notes;
  private final Duration elapsed;

  private SyncReport(Builder builder) {
    downloaded = builder.downloaded;
    headersOnly = builder.headersOnly;
    kept = builder.kept;
    deleted = builder.deleted;
    unconfirmed = builder.unconfirmed;
    outOfScope = builder.outOfScope;
    bytes = builder.bytes;
    problemCount = builder.problemCount;
    problems = List.copyOf(builder.problems);
    notes = List.copyOf(builder.notes);
    elapsed = builder.elapsed;
  }

  /** Messages whose bytes are new here, and durable. */
  public int downloaded() {
    return downloaded;
  }

  /** Messages of which only the header is new here. */
  public int headersOnly() {
    return headersOnly;
  }

  /** Messages that are here and that the server still has. */
  public int kept() {
    return kept;
  }

  /** Messages deleted on the server, as it confirmed. */
  public int deleted() {
    return deleted;
  }

  /**
   * Messages whose deletion was asked for but not confirmed by the server. They are durable here;
   * the next sync finds out and settles it.
   */
  public int unconfirmed() {
    return unconfirmed;
  }

  /** Messages on the server that the scope leaves out. */
  public int outOfScope() {
    return outOfScope;
  }

  /** Bytes of messages and headers downloaded. */
  public long bytes() {
    return bytes;
  }

  /** How many messages had problems. */
  public int problemCount() {
    return problemCount;
  }

  /** The problems, at most {@link SyncProblem#MOST_KEPT} of them. */
  public List<SyncProblem> problems() {
    return problems;
  }

  /** What else is worth knowing about the server, in words; empty for a server as it should be. */
  public List<String> notes() {
    return notes;
  }

  /** How long it took. */
  public Duration elapsed() {
    return elapsed;
  }

  /** A new, empty builder; for implementations of the API. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String toString() {
    return "SyncReport[downloaded="
        + downloaded
        + ", headersOnly="
        + headersOnly
        + ", kept="
        + kept
        + ", deleted="
        + deleted
        + ", unconfirmed="
        + unconfirmed
        + ", outOfScope="
        + outOfScope
        + ", problems="
        + problemCount
        + "]";
  }

  /** Counts while a synchronization runs. Not safe for use by several threads. */
  public static final class Builder {
    private int downloaded;
    private int headersOnly;
    private int kept;
    private int deleted;
    private int unconfirmed;
    private int outOfScope;
    private long bytes;
    private int problemCount;
    private final List<SyncProblem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;

    private Builder() {}

    /** Counts messages whose bytes are durable. */
    public Builder downloaded(int messages) {
      downloaded += messages;
      return this;
    }

    /** Counts messages of which only the header is here. */
    public Builder headersOnly(int messages) {
      headersOnly += messages;
      return this;
    }

    /** Counts messages that are here and there. */
    public Builder kept(int messages) {
      kept += messages;
      return this;
    }

    /** Counts confirmed deletions. */
    public Builder deleted(int messages) {
      deleted += messages;
      return this;
    }

    /** Counts deletions that were not confirmed. */
    public Builder unconfirmed(int messages) {
      unconfirmed += messages;
      return this;
    }

    /** Counts messages that the scope leaves out. */
    public Builder outOfScope(int messages) {
      outOfScope += messages;
      return this;
    }

    /** Counts bytes. */
    public Builder bytes(long more) {
      bytes += more;
      return this;
    }

    /** Adds a problem. */
    public Builder problem(SyncProblem problem) {
      problemCount++;
      if (problems.size() < SyncProblem.MOST_KEPT) {
        problems.add(problem);
      }
      return this;
    }

    /** Adds a note, once. */
    public Builder note(String note) {
      if (!notes.contains(note)) {
        notes.add(note);
      }
      return this;
    }

    /** Sets the time taken. */
    public Builder elapsed(Duration time) {
      elapsed = time;
      return this;
    }

    /** Adds another report's counts, problems and notes. */
    public Builder add(SyncReport other) {
      downloaded(other.downloaded).headersOnly(other.headersOnly).kept(other.kept);
      deleted(other.deleted).unconfirmed(other.unconfirmed).outOfScope(other.outOfScope);
      bytes(other.bytes);
      other.problems.forEach(this::problem);
      problemCount += other.problemCount - other.problems.size();
      other.notes.forEach(this::note);
      return this;
    }

    /** The report as counted so far. */
    public SyncReport build() {
      return new SyncReport(this);
    }
  }
}
