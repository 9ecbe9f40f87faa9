// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The process's own surroundings. */
final class SystemTerminal implements Terminal {
  private static final int USUAL_COLUMNS = 80;

  private final @Nullable Console console = personsConsole();
  private final PrintStream out = stream(FileDescriptor.out);
  private final PrintStream err = stream(FileDescriptor.err);

  /** The console, if a person is at it: since JDK 22 there may be one without. */
  private static @Nullable Console personsConsole() {
    return Optional.ofNullable(System.console()).filter(SystemTerminal::isTerminal).orElse(null);
  }

  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private PrintStream stream(FileDescriptor descriptor) {
    OutputStream file = new FileOutputStream(descriptor);
    return new PrintStream(file, true, charset());
  }

  /** UTF-8, since that is what mail and files are made of; a Windows console says what it shows. */
  private Charset charset() {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    return windows && console != null ? console.charset() : StandardCharsets.UTF_8;
  }

  @Override
  public InputStream in() {
    return new FilterInputStream(System.in) {
      @Override
      public void close() {}
    };
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
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }

  @Override
  public Optional<String> askSecret(String prompt) {
    if (console == null) {
      return Optional.empty();
    }
    char[] secret = console.readPassword("%s", prompt);
    return Optional.ofNullable(secret).map(String::new);
  }

  @Override
  public boolean isInteractive() {
    return console != null;
  }

  @Override
  public int columns() {
    if (console == null) {
      return Integer.MAX_VALUE;
    }
    return environment("COLUMNS")
        .or(SystemTerminal::askTerminal)
        .filter(text -> text.matches("[1-9]\\d{1,3}"))
        .map(Integer::parseInt)
        .orElse(USUAL_COLUMNS);
  }

  /** The width by {@code stty}, since Java does not tell it. */
  private static Optional<String> askTerminal() {
    try {
      Process stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty").start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] size = answer.trim().split(" ", -1);
      return size.length == 2 ? Optional.of(size[1]) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public ZoneId zone() {
    return ZoneId.systemDefault();
  }
}
