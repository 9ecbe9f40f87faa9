// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import dev.mailbox.MailboxException;
import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.FetchParser;
import dev.mailbox.imap.internal.grammar.ResponseReader;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.WireException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an IMAP server: commands out, several under way at a time, responses in.
 *
 * <p>No more than 4 KiB of commands are unanswered, so that they fit in the server's buffers and we
 * are always the one that reads; and no more responses are on their way than the connection brings
 * in about a second, and no more than 2 MiB, unless one is larger. A command that has to wait for
 * the server's go-ahead waits for those before it first. For one thread, but {@link #close} is for
 * any.
 */
public final class ImapSession implements AutoCloseable {
  private static final int COMMAND_BYTES = 4096;

  /** How many responses a command may have, but for those about messages that it asked for. */
  private static final int MOST_UNTAGGED = 100_000;

  /** How much it may say of messages, while commands are under way. */
  private static final long MOST_TOLD = 5_000_000;

  private static final FetchHandler NOBODY = data -> {};

  private final Connection connection;
  private final ResponseReader in;
  private final FetchParser fetches;
  private final Tags tags = new Tags();
  private final Pace pace = new Pace();
  private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
  private Capabilities capabilities = Capabilities.UNKNOWN;
  private @Nullable Selected selected;
  private Status greeting = new Status(Status.Kind.OK, "", "", "");
  private String mechanism = "";
  private String challenge = "";
  private long commandBytes;
  private long responseBytes;
  private boolean leaving;
  private boolean loggedIn;
  private boolean used;
  private int untagged;
  private long told;
  private long answered;
  private long answeredAtLogin;
  private @Nullable MailboxException ending;
  private long news;

  /** A command under way, and its status when it no longer is. */
  private static final class Sent {
    private final String tag;
    private final Exchange exchange;
    private final int commandBytes;
    private @Nullable Status status;

    Sent(String tag, Exchange exchange, int commandBytes) {
      this.tag = tag;
      this.exchange = exchange;
      this.commandBytes = commandBytes;
    }
  }

  /** A session over a connection that is not made yet. */
  public ImapSession(Connection connection) {
    this.connection = connection;
    this.in = new ResponseReader(connection);
    this.fetches = new FetchParser(in);
  }

  /** Its connection. */
  public Connection connection() {
    return connection;
  }

  /** What the server can do, as far as it has said. */
  public Capabilities capabilities() {
    return capabilities;
  }

  /** Forgets what the server can do, which may be different from now on. */
  public void forgetCapabilities() {
    capabilities = Capabilities.UNKNOWN;
  }

  /** The folder it is in. */
  public Optional<Selected> selected() {
    return Optional.ofNullable(selected);
  }

  /** Notes the folder it is in, or that it is in none. */
  public void selected(@Nullable Selected folder, long exists) {
    selected = folder;
    if (folder != null) {
      folder.exists(exists);
    }
  }

  /** The server's first line. */
  public Status greeting() {
    return greeting;
  }

  /** How the login was done. */
  public String mechanism() {
    return mechanism;
  }

  /** Notes how the login was done. */
  public void mechanism(String name) {
    mechanism = name;
  }

  /** The TLS version and cipher suite, or {@code none}. */
  public String security() {
    return connection
        .tlsSession()
        .map(tls -> tls.getProtocol() + " " + tls.getCipherSuite())
        .orElse("none");
  }

  /** Counts what the server has told of changes by itself. */
  public long news() {
    return news;
  }

  /** Connects and reads the greeting. */
  public Status connect() throws WireException {
    connection.connect();
    in.next();
    in.expect('*');
    in.spaces();
    Optional<Status.Kind> kind = ResponseReader.kind(in.name());
    if (kind.isEmpty()) {
      throw in.garbled("a greeting expected");
    }
    greeting = in.status(kind.get());
    note(greeting);
    return greeting;
  }

  /** Does one command, after those that are under way. */
  public Status run(Exchange exchange) throws WireException {
    drain();
    Sent sent = send(exchange);
    drain();
    Status status = sent.status;
    if (status == null) {
      throw new IllegalStateException("a command that is no longer under way has a status");
    }
    return status;
  }

  /** Sends a command, after reading responses until there is room for it. */
  public void submit(Exchange exchange) throws WireException {
    send(exchange);
  }

  private Sent send(Exchange exchange) throws WireException {
    String tag = tags.next();
    Command command = exchange.command(tag, capabilities.literals());
    int size = (int) Math.min(command.sizeInBytes(), COMMAND_BYTES);
    boolean waits = command.segments() > 1;
    if (waits) {
      drain();
    } else {
      makeRoom(size, exchange.expectedBytes());
    }
    if (underWay.isEmpty()) {
      pace.begin(System.nanoTime(), connection.reader().consumed());
    }
    Sent sent = new Sent(tag, exchange, size);
    underWay.add(sent);
    commandBytes += size;
    responseBytes += exchange.expectedBytes();
    write(command, 0);
    for (int segment = 1; segment < command.segments() && awaitGoAhead(sent); segment++) {
      write(command, segment);
    }
    Status early = sent.status;
    if (early != null && early.isOk()) {
      throw in.garbled("a command was answered before it was sent");
    }
    return sent;
  }

  private void write(Command command, int segment) throws WireException {
    try {
      connection.writer().write(command, segment);
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("the payload could not be read", e);
    }
  }

  private void makeRoom(int size, long expected) throws WireException {
    if (fits(size, expected)) {
      return;
    }
    while (!underWay.isEmpty()
        && (commandBytes > COMMAND_BYTES / 2
            || responseBytes > pace.bytes() / 2
            || !fits(size, expected))) {
      readOne();
    }
  }

  private boolean fits(int size, long expected) {
    return underWay.isEmpty()
        || (commandBytes + size <= COMMAND_BYTES && responseBytes + expected <= pace.bytes());
  }

  /** Reads all responses to the commands under way. */
  public void drain() throws WireException {
    while (!underWay.isEmpty()) {
      readOne();
    }
  }

  /** Reads what the server says by itself, if there is something. */
  public void readNews() throws WireException {
    readOne();
  }

  /** Waits for the go-ahead of the only command under way; false if it ended instead. */
  public boolean awaitGoAhead() throws WireException {
    return awaitGoAhead(underWay.element());
  }

  private boolean awaitGoAhead(Sent sent) throws WireException {
    while (sent.status == null) {
      if (isGoAhead()) {
        return true;
      }
    }
    return false;
  }

  private boolean isGoAhead() throws WireException {
    begin();
    if (in.tryRead('+')) {
      in.spaces();
      challenge = in.rest();
      return true;
    }
    respond();
    return false;
  }

  /** What the server said with its last go-ahead. */
  public String challenge() {
    return challenge;
  }

  private void begin() throws WireException {
    MailboxException bye = ending;
    if (bye != null) {
      throw bye;
    }
    connection.writer().flush();
    connection.expectReply();
    in.next();
  }

  private void readOne() throws WireException {
    begin();
    if (in.peek() == '+') {
      throw in.garbled("the server gave a go-ahead that nobody waits for");
    }
    respond();
  }

  private void respond() throws WireException {
    if (in.tryRead('*')) {
      in.spaces();
      untagged();
      return;
    }
    String tag = in.word();
    in.spaces();
    Optional<Status.Kind> kind = ResponseReader.kind(in.name());
    if (kind.isEmpty()) {
      throw in.garbled("a status expected");
    }
    end(tag, in.status(kind.get()));
  }

  private void end(String tag, Status status) throws WireException {
    Iterator<Sent> waiting = underWay.iterator();
    while (waiting.hasNext()) {
      Sent sent = waiting.next();
      if (sent.tag.equals(tag)) {
        waiting.remove();
        commandBytes -= sent.commandBytes;
        responseBytes -= sent.exchange.expectedBytes();
        sent.status = status;
        pace.end(System.nanoTime(), connection.reader().consumed());
        untagged = 0;
        told = 0;
        answered++;
        note(status);
        sent.exchange.done(status);
        return;
      }
    }
    throw in.garbled("the server answered a command that it was not sent");
  }

  private void note(Status status) {
    if (status.has("CAPABILITY")) {
      capabilities = Capabilities.parse(status.argument());
    }
  }

  private void untagged() throws WireException {
    if (in.atDigit()) {
      aboutMessage();
      return;
    }
    String name = in.name();
    Optional<Status.Kind> kind = ResponseReader.kind(name);
    if (kind.isPresent()) {
      status(in.status(kind.get()));
      return;
    }
    in.spaces();
    for (Sent sent : underWay) {
      if (sent.exchange.untagged(name, in)) {
        count();
        return;
      }
    }
    unasked(name);
  }

  private void unasked(String name) throws WireException {
    if (name.equals("CAPABILITY")) {
      capabilities = Capabilities.parse(in.rest());
    }
    in.skipRest();
    count();
  }

  private void count() throws WireException {
    if (++untagged > MOST_UNTAGGED) {
      throw in.garbled("the server tells more and more");
    }
  }

  private void status(Status status) throws WireException {
    note(status);
    if (status.kind() == Status.Kind.BYE && !leaving) {
      MailboxException bye = Failures.bye(connection, status, loggedIn);
      ending = bye;
      connection.close();
      throw bye;
    }
    underWay.forEach(sent -> sent.exchange.noted(status));
    count();
  }

  private void aboutMessage() throws WireException {
    long number = in.number();
    in.spaces();
    String name = in.name();
    if (name.equals("FETCH")) {
      FetchHandler handler = handler();
      if (handler == NOBODY) {
        news++;
        count();
      }
      if (++told > MOST_TOLD) {
        throw in.garbled("the server tells of messages without end");
      }
      fetches.parse(number, handler);
      return;
    }
    Selected folder = selected;
    if (name.equals("EXISTS") || name.equals("EXPUNGE")) {
      news++;
      for (Sent sent : underWay) {
        if (sent.exchange instanceof Counting counting && name.equals("EXISTS")) {
          counting.exists(number);
        }
      }
      if (folder != null) {
        folder.exists(name.equals("EXISTS") ? number : Math.max(0, folder.exists() - 1));
      }
    }
    in.skipRest();
    count();
  }

  /** A command that wants to know how many messages there are: SELECT. */
  public interface Counting {
    /** There are so many. */
    void exists(long count);
  }

  private FetchHandler handler() {
    for (Sent sent : underWay) {
      Optional<FetchHandler> handler = sent.exchange.fetches();
      if (handler.isPresent()) {
        return handler.get();
      }
    }
    return NOBODY;
  }

  /** From now on the server may close, which is no failure. */
  public void leaving() {
    leaving = true;
  }

  /** Notes that the login is over: from now on an end of the session refuses nothing. */
  public void loggedIn() {
    loggedIn = true;
    answeredAtLogin = answered;
  }

  /** Whether the server has answered a command since the login: some let in and answer nothing. */
  public boolean isProven() {
    return answered > answeredAtLogin;
  }

  /** How many commands the server has answered. */
  public long answered() {
    return answered;
  }

  /** Whether something was done in it since it was opened. */
  public boolean isUsed() {
    return used;
  }

  /** Notes that something is done in it. */
  public void use() {
    used = true;
  }

  /** Whether it can still be used. */
  public boolean isOpen() {
    return connection.isOpen();
  }

  /** Whether no command is under way. */
  public boolean isQuiet() {
    return underWay.isEmpty() && connection.writer().buffered() == 0;
  }

  @Override
  public void close() {
    connection.close();
  }
}
