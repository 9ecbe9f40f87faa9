// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * What is preloaded into a program to see, to end and to disturb its system calls; {@code
 * powercut.c} says how.
 *
 * @param library the compiled library
 */
record PowerCut(Path library) {
  private static final Path SOURCE = Path.of("src/test/c/powercut.c");
  private static final Path BUILT = Path.of("target/powercut.so");

  /** What happens to a program. */
  record Order(String action, int at, boolean lasts) {
    /** Nothing happens, but it is written down. */
    static final Order NONE = new Order("", 0, false);

    static Order kill(int at) {
      return new Order("kill", at, false);
    }

    /** Killed in the middle of a write to a file, or as by {@link #kill}. */
    static Order tear(int at) {
      return new Order("tear", at, false);
    }

    static Order fail(DiskError error, int at, boolean lasts) {
      return new Order(Integer.toString(error.number()), at, lasts);
    }
  }

  /** How Linux says that a file cannot be changed. */
  enum DiskError {
    INPUT_OUTPUT(5),
    NO_SPACE(28),
    READ_ONLY(30);

    private final int number;

    DiskError(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** Compiles it, or skips the test where that cannot be done and need not. */
  static synchronized PowerCut compiledOrSkip() {
    Path library = BUILT.toAbsolutePath();
    try {
      if (!Files.exists(library)
          || Files.getLastModifiedTime(library).compareTo(Files.getLastModifiedTime(SOURCE)) < 0) {
        String problem = compile(library);
        if (!problem.isEmpty() && Boolean.getBoolean("mailbox.real.required")) {
          throw new AssertionError(problem);
        }
        Assumptions.assumeTrue(problem.isEmpty(), problem);
      }
      return new PowerCut(library);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String compile(Path library) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")) {
      return "system calls are watched on Linux only";
    }
    Files.createDirectories(library.getParent());
    try {
      Process compiler =
          new ProcessBuilder(
                  "cc",
                  "-O1",
                  "-Wall",
                  "-Werror",
                  "-U_FORTIFY_SOURCE", // by which some compilers define read and open themselves
                  "-shared",
                  "-fPIC",
                  "-o",
                  library.toString(),
                  SOURCE.toString(),
                  "-ldl",
                  "-lpthread")
              .redirectErrorStream(true)
              .start();
      String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!compiler.waitFor(60, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
        return "powercut.c cannot be compiled here:\n" + output;
      }
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      return "no C compiler (cc) is installed: " + e.getMessage();
    }
  }

  /** Gives a program's environment what it needs. */
  void prepare(Map<String, String> environment, Path root, int port, Path log, Order order) {
    environment.put("LD_PRELOAD", library.toString());
    environment.put("POWERCUT_ROOT", root.toString());
    environment.put("POWERCUT_PORT", Integer.toString(port));
    if (order.equals(Order.NONE)) {
      environment.put("POWERCUT_LOG", log.toString());
    } else {
      environment.put("POWERCUT_DO", order.action());
      environment.put("POWERCUT_AT", Integer.toString(order.at()));
      environment.put("POWERCUT_LAST", order.lasts() ? "1" : "0");
    }
  }
}
