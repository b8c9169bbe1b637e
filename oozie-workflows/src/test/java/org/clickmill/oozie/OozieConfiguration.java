package org.clickmill.oozie;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The settings of an Oozie server that keeps all in memory and looks often. */
final class OozieConfiguration {
  /** The exit codes that another attempt can mend: failed, and held by another run. */
  private static final String RETRIED_EXIT_CODES = "1,5";

  private OozieConfiguration() {}

  /**
   * Writes the files that the server reads.
   *
   * @param folder for them
   * @param port where it serves
   * @param smtpPort where a mail server of this machine takes its mail
   * @param siteFiles the folder with the site files of the cluster
   * @param more properties
   */
  static void write(Path folder, int port, int smtpPort, Path siteFiles, Map<String, String> more)
      throws IOException {
    Files.createDirectories(folder.resolve("action-conf"));
    var site = site(port, smtpPort, siteFiles);
    more.forEach(site::set);
    try (var out = Files.newOutputStream(folder.resolve("oozie-site.xml"))) {
      site.writeXml(out);
    }
    Files.writeString(
        folder.resolve("oozie-log4j.properties"),
        String.join(
            "\n",
            "log4j.rootLogger=WARN,oozie",
            "log4j.appender.oozie=org.apache.log4j.FileAppender",
            "log4j.appender.oozie.File=${oozie.log.dir}/oozie.log",
            "log4j.appender.oozie.layout=org.apache.log4j.PatternLayout",
            "log4j.appender.oozie.layout.ConversionPattern=%d{ISO8601} %5p %c{1}: %m%n",
            "log4j.logger.org.apache.oozie=INFO",
            ""),
        StandardCharsets.UTF_8);
  }

  private static Configuration site(int port, int smtpPort, Path siteFiles) {
    var site = new Configuration(false);
    site.set("oozie.http.port", Integer.toString(port));
    site.set("oozie.base.url", "http://localhost:" + port + "/oozie");
    site.set("oozie.service.HadoopAccessorService.hadoop.configurations", "*=" + siteFiles);
    // Launchers get Oozie's own jars from the server, not from a share lib.
    site.set("oozie.action.ship.launcher.jar", "true");
    site.set("oozie.email.smtp.host", "localhost");
    site.set("oozie.email.smtp.port", Integer.toString(smtpPort));
    addDatabase(site);
    addRetries(site);
    addSla(site);
    addIntervals(site);
    return site;
  }

  /**
   * The login of a server by Kerberos, and the one that it asks of its users.
   *
   * @param cluster that has its keytabs
   */
  static Map<String, String> kerberos(MiniCluster cluster) {
    var accessor = "oozie.service.HadoopAccessorService.";
    var authentication = "oozie.authentication.";
    return Map.of(
        "local.realm",
        "EXAMPLE.COM",
        accessor + "kerberos.enabled",
        "true",
        accessor + "kerberos.principal",
        "oozie/localhost@EXAMPLE.COM",
        accessor + "keytab.file",
        cluster.kerberos("oozie.keytab").toString(),
        authentication + "type",
        "kerberos",
        authentication + "kerberos.principal",
        "HTTP/localhost@EXAMPLE.COM",
        authentication + "kerberos.keytab",
        cluster.kerberos("servers.keytab").toString(),
        // Not below the home of the user who runs the tests, whom the server is not.
        "oozie.service.WorkflowAppService.system.libpath",
        "/user/oozie/share/lib");
  }

  private static void addDatabase(Configuration site) {
    var service = "oozie.service.JPAService.";
    site.set(service + "jdbc.driver", "org.apache.derby.jdbc.EmbeddedDriver");
    site.set(service + "jdbc.url", "jdbc:derby:memory:oozie;create=true");
    site.set(service + "jdbc.username", "sa");
    site.set(service + "jdbc.password", "sa");
    site.set(service + "create.db.schema", "true");
    site.set(service + "validate.db.connection", "false");
  }

  private static void addRetries(Configuration site) {
    site.set(
        "oozie.service.LiteWorkflowStoreService.user.retry.error.code.ext", RETRIED_EXIT_CODES);
  }

  private static void addSla(Configuration site) {
    site.set(
        "oozie.services.ext",
        "org.apache.oozie.service.EventHandlerService,org.apache.oozie.sla.service.SLAService");
    site.set(
        "oozie.service.EventHandlerService.event.listeners",
        "org.apache.oozie.sla.listener.SLAJobEventListener");
  }

  /** Seconds where the usual are minutes. */
  private static void addIntervals(Configuration site) {
    site.set("oozie.service.ActionCheckerService.action.check.interval", "5");
    site.set("oozie.service.ActionCheckerService.action.check.delay", "10");
    site.set("oozie.service.CoordMaterializeTriggerService.lookup.interval", "5");
    site.set("oozie.service.coord.input.check.requeue.interval", "2000");
    site.set("oozie.service.StatusTransitService.statusTransit.interval", "5");
    // What was suspended goes on when the server looks for what it may have forgotten.
    site.set("oozie.service.RecoveryService.interval", "5");
    site.set("oozie.service.RecoveryService.coord.older.than", "5");
    site.set("oozie.service.RecoveryService.wf.actions.older.than", "5");
  }
}
