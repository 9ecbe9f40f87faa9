// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the {@code mailbox} command line. */
public final class Main {
  private final Terminal terminal;

  private Main(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs the command that the arguments name, and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    System.exit(run(new SystemTerminal(), args));
  }

  /** Does the same for any surroundings, without ending the process. */
  static int run(Terminal terminal, String... args) {
    return new Main(terminal).execute(args);
  }

  private int execute(String... args) {
    CommandLine line = new CommandLine(new MailboxCommand());
    for (MailCommand command : MailboxCommand.commands(terminal)) {
      line.addSubcommand(command);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.getCommandSpec().usageMessage().exitCodeList(ExitCode.forHelp());
    line.setParameterExceptionHandler(this::misused);
    line.setExecutionExceptionHandler((problem, command, parsed) -> failed(problem, command));
    return line.execute(args);
  }

  private int misused(ParameterException problem, String[] args) {
    boolean json = Arrays.asList(args).contains("--json");
    String name = problem.getCommandLine().getCommandSpec().qualifiedName();
    String hint = name + " --help tells more";
    if (problem instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      hint = "did you mean " + String.join(", or ", unmatched.getSuggestions()) + "?";
    }
    Failure failure = Failure.usage(String.valueOf(problem.getMessage()), hint);
    return new ErrorReporter(terminal, json, false).report(failure, problem);
  }

  private int failed(Exception problem, CommandLine line) {
    MailCommand command = line.getCommand();
    return new ErrorReporter(terminal, command.isJson(), command.isVerbose())
        .report(Failure.of(problem), problem);
  }
}
