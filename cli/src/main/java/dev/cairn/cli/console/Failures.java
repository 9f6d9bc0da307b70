package dev.cairn.cli.console;

import dev.cairn.client.store.DiskFailure;
import dev.cairn.protocol.CairnException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into an exit code and one clear message, for people or as JSON. */
public final class Failures
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {

  private final Output output;

  /** Prints to an output. */
  public Failures(Output output) {
    this.output = output;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    boolean json = asksForJson(Arrays.asList(arguments));
    output.error(json, "usage", firstLine(message(failure)), where(failure.getCommandLine()));
    if (!json) {
      output.say("Try: " + where(failure.getCommandLine()) + " --help");
    }
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    boolean json = asksForJson(parsed.originalArgs());
    if (failure instanceof UsageException usage) {
      output.error(json, usage.code(), message(usage), usage.where(), usage.shown());
      return ExitCode.USAGE;
    }
    if (failure instanceof CairnException known) {
      output.error(json, known.code(), message(known), where(commandLine));
      return ExitCode.of(known);
    }
    if (failure instanceof ResultLostException lost) {
      output.error(false, "output.lost", message(lost), where(commandLine));
      return ExitCode.FAILED;
    }
    if (failure instanceof BindException unusable) {
      output.error(
          json,
          "address.unusable",
          message(unusable) + ": another program does, or it is not this machine's address",
          where(commandLine));
      return ExitCode.FAILED;
    }
    if (failure instanceof IOException unreadable) {
      file(json, unreadable, where(commandLine));
      return ExitCode.FAILED;
    }
    mistake(json, failure, where(commandLine));
    return ExitCode.FAILED;
  }

  /** Names the file that was given, and what is wrong with it. */
  private void file(boolean json, IOException failure, String command) {
    String file =
        failure instanceof FileSystemException of && of.getFile() != null ? of.getFile() : command;
    if (failure instanceof NoSuchFileException) {
      output.error(json, "file.missing", "there is no such file or folder", file);
    } else if (failure instanceof FileAlreadyExistsException) {
      output.error(json, "file.exists", "the file is there already and is not overwritten", file);
    } else if (failure instanceof AccessDeniedException) {
      output.error(json, "file.denied", "the file may not be read or written by this user", file);
    } else {
      switch (DiskFailure.reason(failure, Path.of(file))) {
        case FULL ->
            output.error(json, "file.full", "the disk is full; nothing is left of it", file);
        case READ_ONLY ->
            output.error(json, "file.denied", "the file system may only be read", file);
        default -> output.error(json, "file.failed", "the file could not be read or written", file);
      }
    }
  }

  /**
   * The exit code of a process that ended in a mistake of the program or the machine which no
   * command can deal with: no memory left, a class that is missing.
   */
  public int handleError(Error failure, String[] arguments) {
    mistake(asksForJson(Arrays.asList(arguments)), failure, "cairn");
    return ExitCode.FAILED;
  }

  private void mistake(boolean json, Throwable failure, String command) {
    output.error(
        json,
        "internal",
        "cairn met a mistake of its own: "
            + failure.getClass().getSimpleName()
            + " at "
            + origin(failure)
            + ". Please report it",
        command);
  }

  private static boolean asksForJson(List<String> arguments) {
    return arguments.contains("--json");
  }

  private static String where(CommandLine commandLine) {
    return commandLine.getCommandSpec().qualifiedName();
  }

  private static String message(Exception failure) {
    String message = failure.getMessage();
    return message == null ? "" : message;
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** The place in the program only: messages of unknown failures might quote a report. */
  private static String origin(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0
        ? "an unknown place"
        : trace[0].getFileName() + ":" + trace[0].getLineNumber();
  }
}
