package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.oozie.client.OozieClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code oozie job -dryrun} of every application, with the properties that ship. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DryRunIT {
  private final Servers servers;
  private final OozieClient client;
  private Applications applications;

  DryRunIT(Servers servers) {
    this.servers = servers;
    client = servers.oozie().client();
  }

  @BeforeAll
  void deploy() throws IOException {
    applications =
        Applications.deploy(servers.cluster(), new Path("/apps/dry-run"), new Configuration(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "daily", "restate"})
  void serverAcceptsTheCoordinator(String name) throws Exception {
    assertThat(client.dryrun(ofOneDay(name)))
        .contains("clickmill-" + name, "action for new instance");
  }

  @Test
  void serverAcceptsTheCoordinatorWithTheSmallDay() throws Exception {
    assertThat(client.dryrun(ofOneDay("daily-small")))
        .contains("clickmill-daily", "/apps/dry-run/daily-small</app-path>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "daily", "daily-small", "restate"})
  void serverAcceptsTheWorkflow(String name) throws Exception {
    var properties = ofOneDay(name);
    properties.remove(OozieClient.COORDINATOR_APP_PATH);
    properties.setProperty(OozieClient.APP_PATH, properties.getProperty("oozieApps") + "/" + name);
    properties.setProperty("day", "2019-10-01");
    properties.setProperty("from", "2019-10-01");
    properties.setProperty("reportFrom", "2019-10-01");
    assertThat(client.dryrun(properties)).isEqualTo("OK");
  }

  @Test
  void serverAcceptsTheBundle() throws Exception {
    assertThat(client.dryrun(ofOneDay("bundle")))
        .contains("clickmill-load", "clickmill-daily", "clickmill-restate");
  }

  @Test
  void dayWaitsForItsTwentyFourHours() throws Exception {
    var said = client.dryrun(ofOneDay("daily"));
    var events = servers.cluster().nameNode() + "/clickmill/events/dt=2019-10-01/hr=";
    for (int hour = 0; hour < 24; hour++) {
      assertThat(said).contains(String.format(Locale.ROOT, "%s%02d", events, hour));
    }
    assertThat(said).doesNotContain("/events/dt=2019-09-30", "/events/dt=2019-10-02");
  }

  private Properties ofOneDay(String name) throws IOException {
    var properties = applications.properties(name);
    // The dry run looks an hour ahead, and a day is due at its end.
    for (var start : List.of("start", "loadStart", "dailyStart", "restateStart")) {
      properties.setProperty(start, "2019-10-01T23:30Z");
    }
    properties.setProperty("end", "2019-10-02T00:01Z");
    return properties;
  }
}
