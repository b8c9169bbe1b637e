package org.clickmill.drivers.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.Supplier;

/** Where a command writes: its result to standard output, everything else to standard error. */
public final class Console {
  private final String command;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private boolean hasResult;

  Console(String command, PrintWriter out, PrintWriter err, boolean json) {
    this.command = command;
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /**
   * Prints what the command found out: with {@code --json} the object as one JSON document, else
   * the text.
   *
   * @param result anything Jackson can write: a record, a list, a map; days and instants in ISO
   *     form
   * @param text the same for people, without a line break at its end
   */
  public void result(Object result, Supplier<String> text) {
    text(json ? toJson(result) : text.get());
    hasResult = true;
  }

  /** Standard output, for a result that is printed row by row; it is not to be closed. */
  PrintWriter out() {
    hasResult = true;
    return out;
  }

  /** Whether a result has been printed. */
  boolean hasResult() {
    return hasResult;
  }

  /** Prints a text to standard output, whatever the format of results. */
  void text(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints a line about the progress of the work, on standard error. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  /** Prints a warning, on standard error. */
  public void warn(String line) {
    note("clickmill " + command + ": warning: " + line);
  }

  /** Begins a long piece of work, shown as a bar on a terminal and as lines elsewhere. */
  public Progress progress(String unit, long total) {
    return Progress.start(command, unit, total, this);
  }

  /** A line about how far something is, on standard error. */
  StatusLine statusLine() {
    return new StatusLine(InstantSource.system(), err, Progress.columns());
  }

  static String toJson(Object value) {
    try {
      return mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectMapper mapper() {
    var texts = new SimpleModule();
    texts.addSerializer(Instant.class, ToStringSerializer.instance);
    texts.addSerializer(LocalDate.class, ToStringSerializer.instance);
    texts.addSerializer(Duration.class, ToStringSerializer.instance);
    return JsonMapper.builder()
        .addModule(texts)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();
  }
}
