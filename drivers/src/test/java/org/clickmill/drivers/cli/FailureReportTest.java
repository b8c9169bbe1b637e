package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.util.VersionInfo;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class FailureReportTest {
  @ParameterizedTest
  @EnumSource(Failure.class)
  void failureEndsWithItsExitCodeAndOneLine(Failure failure) {
    var run = run(new ClickmillException(failure, "Missing input path: /data"));
    assertThat(run.exitCode()).isEqualTo(failure.exitCode());
    assertThat(run.err()).isEqualTo("broken: Missing input path: /data\n");
  }

  @Test
  void unexpectedExceptionIsOneLine() {
    var run = run(new IOException("Connection refused\nand more"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("broken: IOException: Connection refused (--verbose shows where)\n");
  }

  @Test
  void serverThatIsAwayIsOneLineThatSaysWhatToDo() {
    var away =
        NetUtils.wrapException("nn", 8020, "here", 0, new ConnectException("Connection refused"));
    var run = run(away);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "broken: Cannot reach the NameNode at nn:8020: Connection refused. Run again when it"
                + " answers.\n");
  }

  @Test
  void javaThatIsTooNewForTheHadoopIsNamed() {
    var run =
        run(
            ClickmillException.usage(
                "Cannot use /shop as a warehouse: its file system does not start",
                new UnsupportedOperationException("getSubject is not supported")));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "broken: Cannot run with Java %s: Hadoop %s does not run on it. Set JAVA_HOME to Java"
                    .formatted(System.getProperty("java.version"), VersionInfo.getVersion())
                + " 17 or 21, or take a newer Hadoop.\n");
  }

  @Test
  void unexpectedExceptionWithoutMessageIsNamed() {
    assertThat(run(new IllegalStateException()).err())
        .isEqualTo("broken: IllegalStateException (--verbose shows where)\n");
  }

  @Test
  void verboseShowsTheStackTrace() {
    var run = run(new IOException("Connection refused"), "--verbose");
    assertThat(run.err())
        .startsWith("broken: IOException: Connection refused\n")
        .contains("at org.clickmill.drivers.cli.FailureReportTest");
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void failureIsJsonToo(Failure failure) throws IOException {
    var run = run(new ClickmillException(failure, "Missing input path: /data"), "--json");
    assertThat(run.err()).isEqualTo("broken: Missing input path: /data\n");
    var error = new ObjectMapper().readTree(run.out()).get("error");
    assertThat(error.get("message").asText()).isEqualTo("Missing input path: /data");
    assertThat(error.get("kind").asText()).matches("failed|usage|not-ready|quality|held");
    assertThat(error.get("exitCode").asInt()).isEqualTo(failure.exitCode());
  }

  private static CommandRun run(Exception failure, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        new CommandLine(new Broken(failure))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(new FailureReport.OfCommand())
            .execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  @Command(name = "broken")
  private static final class Broken extends BaseCommand {
    private final Exception failure;

    Broken(Exception failure) {
      this.failure = failure;
    }

    @Override
    protected void run(CommandContext context) throws Exception {
      throw failure;
    }
  }
}
