// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A terminal whose output a test reads, and whose person answers as the test says. */
final class CapturedTerminal implements Terminal {
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
  private final Map<String, String> environment = new HashMap<>();
  private byte[] input = {};
  private Optional<String> answer = Optional.empty();
  private boolean interactive;

  CapturedTerminal set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CapturedTerminal answering(String secret) {
    answer = Optional.of(secret);
    return this;
  }

  CapturedTerminal typing(byte[] bytes) {
    input = bytes.clone();
    return this;
  }

  CapturedTerminal interactive() {
    interactive = true;
    return this;
  }

  /** What a run of the command line left behind. */
  static final class Result {
    private final int code;
    private final byte[] bytes;
    private final String err;

    private Result(int code, byte[] bytes, String err) {
      this.code = code;
      this.bytes = bytes;
      this.err = err;
    }

    int code() {
      return code;
    }

    byte[] bytes() {
      return bytes;
    }

    String err() {
      return err;
    }

    String out() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    Object json() {
      return JsonTree.parse(out());
    }

    Map<String, Object> jsonError() {
      return JsonTree.map(Objects.requireNonNull(JsonTree.map(JsonTree.parse(err)).get("error")));
    }

    @Override
    public String toString() {
      return "exit " + code + "\n" + out() + "\n--\n" + err;
    }
  }

  Result run(Object... args) {
    outBytes.reset();
    errBytes.reset();
    String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      texts[i] = args[i].toString();
    }
    int code = Main.run(this, texts);
    return new Result(code, outBytes.toByteArray(), errBytes.toString(StandardCharsets.UTF_8));
  }

  @Override
  public InputStream in() {
    return new ByteArrayInputStream(input);
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public Optional<String> askSecret(String prompt) {
    return answer;
  }

  @Override
  public boolean isInteractive() {
    return interactive;
  }

  @Override
  public int columns() {
    return interactive ? 80 : Integer.MAX_VALUE;
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }
}
