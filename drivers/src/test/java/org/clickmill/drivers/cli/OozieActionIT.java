package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main classes of java actions, of the job jar, as a launcher starts them. */
final class OozieActionIT {
  private static final String WORKFLOW = "0000007-191001000000000-oozie-mill-W";

  @TempDir Path folder;

  @Test
  void failureEndsWithItsExitCodeAndTheNotificationTellsTheReason()
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("action.xml"), "<configuration/>");
    var output = folder.resolve("output.properties");
    var warehouse = "--warehouse=" + Files.createDirectory(folder.resolve("shop"));
    var properties =
        List.of(
            "-Doozie.job.id=" + WORKFLOW,
            "-Doozie.action.id=" + WORKFLOW + "@compact",
            "-Doozie.action.conf.xml=" + folder.resolve("action.xml"),
            "-Doozie.action.output.properties=" + output);
    try (var jar = new JobJar(folder, properties)) {
      var failed =
          jar.embeddedMain(
                  "org.clickmill.drivers.oozie.OozieAction",
                  "compact",
                  warehouse,
                  "--day=2019-10-01",
                  "--last=")
              .finish();
      assertThat(failed.exitCode()).as(failed.err()).isEqualTo(3);
      assertThat(failed.out()).contains("\"notReady\" : [");
      assertThat(output).doesNotExist();

      var told =
          jar.embeddedMain(
                  "org.clickmill.drivers.oozie.Notification",
                  warehouse,
                  "--job=daily",
                  "--workflow=" + WORKFLOW,
                  "--action=compact",
                  "--day=2019-10-01",
                  "--error-code=3",
                  "--webhook=")
              .succeed();
      assertThat(told.out())
          .startsWith("Clickmill: daily of 2019-10-01 failed in compact (3: input not ready,")
          .contains("events_daily/dt=2019-10-01: missing input: events/dt=2019-10-01/hr=00");
      assertThat(Files.readString(output)).startsWith("subject=Clickmill\\: daily of 2019-10-01");
    }
  }
}
