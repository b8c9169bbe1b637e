package org.clickmill.drivers.cli;

import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a long piece of work is: a bar on a terminal, a line now and then elsewhere. Not
 * for several threads at once.
 */
public abstract class Progress implements AutoCloseable {
  /** Set by the launcher, to the width in characters, if standard error is a terminal. */
  static final String COLUMNS_VARIABLE = "CLICKMILL_COLUMNS";

  Progress() {}

  /** The work has come this far, counted from its start. */
  public abstract void reached(long done);

  @Override
  public abstract void close();

  static Progress start(String command, String unit, long total, Console console) {
    int columns = columns();
    return columns > 0
        ? new Bar(command, unit, total, columns)
        : new Lines(command, unit, total, console);
  }

  /** The width of the terminal; 0 if standard error is none. */
  static int columns() {
    return columns(System.getenv(COLUMNS_VARIABLE));
  }

  private static int columns(String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static final class Bar extends Progress {
    private final ProgressBar bar;

    Bar(String command, String unit, long total, int columns) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(command)
              .setUnit(" " + unit, 1)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              // Written without the library's terminal detection, which needs native code.
              .setConsumer(
                  new DelegatingProgressBarConsumer(
                      line -> {
                        System.err.print('\r' + line);
                        System.err.flush();
                      },
                      columns - 1))
              .build();
    }

    @Override
    public void reached(long done) {
      bar.stepTo(done);
    }

    @Override
    public void close() {
      bar.close();
      System.err.println();
    }
  }

  /** At most a line every ten seconds, so that a log stays readable. */
  private static final class Lines extends Progress {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final String command;
    private final String unit;
    private final long total;
    private final Console console;
    private long lastNanos = System.nanoTime();

    Lines(String command, String unit, long total, Console console) {
      this.command = command;
      this.unit = unit;
      this.total = total;
      this.console = console;
    }

    @Override
    public void reached(long done) {
      long now = System.nanoTime();
      if (now - lastNanos >= INTERVAL_NANOS) {
        lastNanos = now;
        console.note(
            String.format(
                Locale.ROOT,
                "%s: %,d of %,d %s (%d %%)",
                command,
                done,
                total,
                unit,
                total == 0 ? 100 : Math.round(100.0 * done / total)));
      }
    }

    @Override
    public void close() {}
  }
}
