package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.OozieClientException;
import org.clickmill.testdata.process.NativeLibrary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The applications on a cluster that uses Kerberos, by an Oozie server that acts for the user who
 * submits them: nothing but the server's own login and the tokens that it gets.
 */
final class SecureOozieIT {
  /** Its files and logs stay until the next run. */
  private static final java.nio.file.Path FOLDER =
      java.nio.file.Path.of("target", "secure-servers").toAbsolutePath();

  private static final String USER = System.getProperty("user.name");

  /** The other takes two minutes more, so it runs where it is asked for. */
  private static final String APPLICATION =
      "all".equals(System.getProperty("clickmill.test.security")) ? "daily" : "daily-small";

  private static MiniCluster cluster;
  private static KmsServer kms;
  private static KerberosUser user;
  private static OozieServer oozie;
  private static FileSystem fileSystem;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void startServers() throws Exception {
    assumeTrue(NativeLibrary.canBeMade(), "skipped: no gcc to make Hadoop's native library with");
    Servers.delete(FOLDER);
    // Before Hadoop's security is on, which is one for this whole Java.
    RawEvents.generate(FOLDER, 1000, 1);
    var local = FOLDER.resolve("expected").toString();
    Commands.run(
        "import", "--input=" + FOLDER.resolve("hours"), "--mapping=rees46", "--warehouse=" + local);
    Commands.run("pipeline", "--day=2019-10-01", "--warehouse=" + local);
    expected = Tables.of(new Path(local)).rows();
    var library =
        NativeLibrary.make(
            java.nio.file.Path.of("../drivers/src/test/native/hadoop.c"), FOLDER.resolve("native"));
    int port = OozieServer.freePort();
    cluster = MiniCluster.startSecure(FOLDER.resolve("cluster"), library, KmsServer.provider(port));
    kms = KmsServer.start(FOLDER.resolve("kms"), port, cluster);
    cluster.createZone("/shops");
    user = KerberosUser.login(cluster);
    fileSystem = FileSystem.get(cluster.configuration());
    oozie = OozieServer.startSecure(FOLDER.resolve("oozie"), cluster);
  }

  @AfterAll
  static void stopServers() throws IOException {
    if (oozie != null) {
      oozie.close();
    }
    if (fileSystem != null) {
      fileSystem.close();
    }
    if (kms != null) {
      kms.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    if (user != null) {
      user.close();
    }
  }

  @Test
  void dailyMakesTheTablesOfTheUserWhoSubmittedIt() throws Exception {
    var warehouse = fileSystem.makeQualified(new Path("/shops/shop"));
    fileSystem.copyFromLocalFile(
        new Path(FOLDER.resolve("hours").toUri()), new Path("/shops/hours"));
    var applications =
        Applications.deploy(cluster, new Path("/apps/secure"), Applications.smallJobs());
    var jobs = new OozieJobs(oozie, cluster);
    jobs.succeed(importEvents(applications, warehouse));
    var properties = applications.properties(APPLICATION);
    properties.setProperty("warehouse", warehouse.toString());
    properties.setProperty("end", "2019-10-02T00:01Z");

    jobs.await(oozie.client().run(properties), 1, CoordinatorAction.Status.SUCCEEDED);

    assertThat(Tables.of(warehouse, cluster.configuration()).rows()).isEqualTo(expected);
    assertOnlyTheUserMayReadWhatIsPersonal(warehouse);
    assertNoTokenIsInALog();
  }

  private static void assertOnlyTheUserMayReadWhatIsPersonal(Path warehouse) throws IOException {
    int looked = 0;
    for (var files = fileSystem.listFiles(warehouse, true); files.hasNext(); looked++) {
      var file = files.next();
      assertThat(file.getOwner()).as("owner of %s", file.getPath()).isEqualTo(USER);
    }
    assertThat(looked).isGreaterThan(100);
    for (var name : List.of("events", "events_daily", "sessions", "customers")) {
      var dataset = new Path(warehouse, name);
      assertThat(fileSystem.getFileStatus(dataset).getPermission()).hasToString("rwxr-x---");
      assertThat(permissionsOfRows(dataset)).as(name).containsExactly("rw-r-----");
    }
    for (var name : List.of("sales", "top_products")) {
      var dataset = new Path(warehouse, name);
      assertThat(permissionsOfRows(dataset)).as(name).containsExactly("rw-r--r--");
    }
  }

  /** Of a dataset's files, without what only says that they are there. */
  private static Set<String> permissionsOfRows(Path dataset) throws IOException {
    var permissions = new TreeSet<String>();
    for (var files = fileSystem.listFiles(dataset, true); files.hasNext(); ) {
      var file = files.next();
      if (!file.getPath().getName().startsWith("_")) {
        permissions.add(file.getPermission().toString());
      }
    }
    return permissions;
  }

  /** Of all that containers leave, which this cluster keeps, only their credentials hold tokens. */
  private static void assertNoTokenIsInALog() throws IOException {
    var kinds = new TreeSet<String>();
    var secrets = new TreeSet<String>();
    var others = new ArrayList<java.nio.file.Path>();
    for (var place : List.of(cluster.nodes(), FOLDER.resolve("oozie").resolve("logs"))) {
      try (var files = Files.walk(place)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var name = file.getFileName().toString();
          if (name.endsWith(".tokens") || name.endsWith("_tokens")) {
            addSecrets(file, kinds, secrets);
          } else if (!name.endsWith(".jar") && !name.endsWith("tokens.crc")) {
            others.add(file);
          }
        }
      }
    }
    assertThat(kinds).contains("HDFS_DELEGATION_TOKEN", "RM_DELEGATION_TOKEN", "kms-dt");
    assertThat(others).hasSizeGreaterThan(20).anyMatch(file -> file.endsWith("stdout"));
    for (var file : others) {
      var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(secrets.stream().anyMatch(text::contains)).as("a token in %s", file).isFalse();
    }
  }

  /** The passwords of the tokens in a file, as they are and as they might be printed. */
  private static void addSecrets(java.nio.file.Path file, Set<String> kinds, Set<String> secrets)
      throws IOException {
    var tokens = Credentials.readTokenStorageFile(file.toFile(), new Configuration(false));
    for (var token : tokens.getAllTokens()) {
      kinds.add(token.getKind().toString());
      secrets.add(token.encodeToUrlString());
      secrets.add(new String(token.getPassword(), StandardCharsets.ISO_8859_1));
      secrets.add(Base64.getEncoder().encodeToString(token.getPassword()));
      secrets.add(HexFormat.of().formatHex(token.getPassword()));
    }
    secrets.removeIf(String::isEmpty);
  }

  /** By a java action too. */
  private static String importEvents(Applications applications, Path warehouse)
      throws IOException, OozieClientException {
    applications.putWorkflow(
        "import",
        """
        <workflow-app xmlns="uri:oozie:workflow:1.0" name="import">
          <start to="import"/>
          <action name="import">
            <java>
              <resource-manager>${resourceManager}</resource-manager>
              <name-node>${nameNode}</name-node>
              <configuration>
                <property>
                  <name>mapreduce.job.hdfs-servers</name>
                  <value>${nameNode}</value>
                </property>
              </configuration>
              <main-class>org.clickmill.drivers.oozie.OozieAction</main-class>
              <arg>import</arg>
              <arg>--input=${nameNode}/shops/hours</arg>
              <arg>--mapping=rees46</arg>
              <arg>--warehouse=%s</arg>
              <capture-output/>
            </java>
            <ok to="end"/>
            <error to="failed"/>
          </action>
          <kill name="failed"><message>It failed</message></kill>
          <end name="end"/>
        </workflow-app>
        """
            .formatted(warehouse));
    var properties = applications.properties();
    properties.setProperty(
        "oozie.wf.application.path", properties.getProperty("oozieApps") + "/import");
    return oozie.client().run(properties);
  }
}
