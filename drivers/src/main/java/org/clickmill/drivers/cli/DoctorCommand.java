package org.clickmill.drivers.cli;

import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.doctor.Checks;
import org.clickmill.drivers.doctor.Diagnosis;
import org.clickmill.drivers.doctor.Doctor;
import org.clickmill.drivers.kerberos.KafkaLogin;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.push.PushSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds out whether Clickmill will run here. */
@Command(
    name = "doctor",
    description = {
      "Finds out in about a minute whether Clickmill will run here, and says what to do where it"
          + " will not.",
      "It looks at the client, the cluster's queue and containers (by a job of one task), the"
          + " user's login and delegation tokens, what the warehouse's file system does and how"
          + " much room it has, clocks, the metastore and Kafka. Each finding is a line: ok,"
          + " warning, failed, or skipped where it does not apply.",
      "The warehouse need not exist, and nothing is left behind. The exit code is 1 if anything"
          + " failed."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill doctor --warehouse hdfs:///shop",
      "  clickmill doctor --warehouse hdfs:///shop --bootstrap-servers kafka-1:9092 \\",
      "    -D mapreduce.job.queuename=nightly --timeout 3m --json"
    })
final class DoctorCommand extends BaseCommand {
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      converter = TimeSpanConverter.class,
      description =
          "How long answers are waited for, as 30s or 5m (default: 1m). All checks run side by side"
              + " and have the same time.")
  private Duration timeout = Duration.ofMinutes(1);

  /** It registers nothing, and says itself whether the metastore can be reached. */
  @Override
  boolean registers() {
    return false;
  }

  @Override
  boolean knowsTables() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws InterruptedException {
    if (timeout.isZero()) {
      throw ClickmillException.usage(
          "Invalid value of --timeout: 0s (give checks some time to answer)");
    }
    var configuration = context.configuration();
    var checks =
        new Checks(
            context.warehousePath(),
            configuration,
            context.metastore(),
            kafka.isGiven() ? kafka.client(configuration) : null,
            ofPushes(configuration));
    var diagnosis = examine(Doctor.of(checks, timeout), context.console());
    context.console().result(diagnosis, diagnosis::text);
    if (diagnosis.failed() > 0) {
      throw ClickmillException.failed(
          "Clickmill will not run here as it is: %d of %d checks failed",
          diagnosis.failed(), diagnosis.checks().size() - diagnosis.skipped());
    }
  }

  private static Diagnosis examine(Doctor doctor, Console console) throws InterruptedException {
    try (var line = console.statusLine()) {
      return doctor.examine(waiting -> line.show(text(waiting)));
    }
  }

  private static String text(List<String> waiting) {
    return "waiting for " + String.join(", ", waiting);
  }

  /** The Kafka that the settings name for tables, or null. */
  private static KafkaClient ofPushes(Configuration configuration) {
    var servers = PushSettings.BOOTSTRAP_SERVERS.get(configuration);
    var properties = PushSettings.CLIENT_PROPERTIES.get(configuration);
    return servers == null && properties == null
        ? null
        : KafkaLogin.complete(KafkaClient.of(servers, properties, configuration), configuration);
  }
}
