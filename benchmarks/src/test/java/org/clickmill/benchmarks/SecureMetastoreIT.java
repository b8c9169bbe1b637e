package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.minikdc.MiniKdc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are registered in a real metastore that asks for Kerberos. */
final class SecureMetastoreIT {
  private static final String METASTORE = "hive/localhost@EXAMPLE.COM";
  private static final String USER = "miller@EXAMPLE.COM";

  @TempDir private static Path folder;

  private static MiniKdc kdc;
  private static HiveServer metastore;
  private static Shop shop;

  @BeforeAll
  static void startMetastore() throws Exception {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    assumeTrue(
        System.getProperty("clickmill.hive") != null,
        "Skipped: run mvn verify -Dclickmill.hive to start a metastore");
    kdc =
        new MiniKdc(MiniKdc.createConf(), Files.createDirectories(folder.resolve("kdc")).toFile());
    kdc.start();
    kdc.createPrincipal(keytab("hive").toFile(), "hive/localhost");
    kdc.createPrincipal(keytab("miller").toFile(), "miller");
    var core =
        "<configuration><property><name>hadoop.security.authentication</name>"
            + "<value>kerberos</value></property></configuration>";
    for (var name : List.of("metastore", "client")) {
      Files.writeString(
          Files.createDirectories(folder.resolve(name)).resolve("core-site.xml"), core);
    }
    metastore =
        HiveServer.metastore(
            folder.resolve("metastore"),
            Map.of(
                "hive.metastore.sasl.enabled",
                "true",
                "hive.metastore.kerberos.principal",
                METASTORE,
                "hive.metastore.kerberos.keytab.file",
                keytab("hive").toString()),
            List.of("-Djava.security.krb5.conf=" + kdc.getKrb5conf()));
    shop = new Shop(folder, List.of());
    shop.importGenerated("raw", 7, 100, LocalDate.of(2019, 10, 1), 1);
    shop.clickmill("pipeline", "--tables=sales");
  }

  @AfterAll
  static void stopMetastore() {
    if (metastore != null) {
      metastore.close();
    }
    if (kdc != null) {
      kdc.stop();
    }
  }

  private static Path keytab(String name) {
    return folder.resolve(name + ".keytab");
  }

  /** A run of {@code catalog sync}. */
  private record Sync(int exitCode, String said) {}

  /** By the keytab. */
  private static Sync sync(String... more) throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of("--principal=" + USER, "--keytab=" + keytab("miller")));
    words.addAll(List.of(more));
    return sync(Map.of(), words);
  }

  private static Sync sync(Map<String, String> environment, List<String> more)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("clickmill.home"), "clickmill").toString(),
                "catalog",
                "sync",
                "--warehouse=" + shop.warehouse(),
                "-Dclickmill.metastore.uris=" + metastore.uri(),
                "-Dclickmill.metastore.timeout-seconds=20"));
    command.addAll(more);
    var log = Files.createTempFile(folder, "sync", ".log");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "CLICKMILL_EMBEDDED",
                "1",
                "CLICKMILL_CONF_DIR",
                folder.resolve("client").toString(),
                "CLICKMILL_JAVA_OPTS",
                "-Djava.security.krb5.conf=" + kdc.getKrb5conf()));
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Sync(exitCode, Files.readString(log, StandardCharsets.UTF_8));
  }

  @Test
  void tablesAreRegisteredByWhoHasAKeytab() throws Exception {
    var principal = "-Dclickmill.metastore.kerberos.principal=hive/_HOST@EXAMPLE.COM";
    var first = sync(principal);
    assertThat(first.exitCode()).as(first.said()).isZero();
    assertThat(first.said()).contains("partitions added");
    var again = sync(principal);
    assertThat(again.said()).contains("0 partitions added, 0 changed, 0 dropped");
  }

  @Test
  void serviceThatHasNoKeyIsNamed() throws Exception {
    var run = sync("-Dclickmill.metastore.kerberos.principal=nobody/_HOST@EXAMPLE.COM");
    assertThat(run.exitCode()).as(run.said()).isNotZero();
    assertThat(run.said())
        .contains("the login at nobody/localhost@EXAMPLE.COM by Kerberos failed: ");
  }

  @Test
  void metastoreThatAsksForKerberosWithoutItsPrincipalIsExplained() throws Exception {
    var run = sync();
    assertThat(run.exitCode()).as(run.said()).isNotZero();
    assertThat(run.said()).contains("clickmill.metastore.kerberos.principal");
  }

  /** As in an action of Oozie's, whose server has got the token. */
  @Test
  void tablesAreRegisteredByWhoHasNothingButAToken() throws Exception {
    var tokens = folder.resolve("metastore.tokens");
    var log = folder.resolve("token.log");
    int exitCode =
        new ProcessBuilder(
                MeasuredProcess.java(),
                "-Djava.security.krb5.conf=" + kdc.getKrb5conf(),
                "-cp",
                HiveServer.jars().resolve("*").toString(),
                Path.of("src/test/hive/MetastoreToken.java").toString(),
                metastore.uri(),
                METASTORE,
                USER,
                keytab("miller").toString(),
                tokens.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertThat(exitCode).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
    var run =
        sync(
            Map.of("HADOOP_TOKEN_FILE_LOCATION", tokens.toString()),
            List.of(
                "-Dclickmill.metastore.kerberos.principal=hive/_HOST@EXAMPLE.COM",
                "-Dclickmill.metastore.database=by_token"));
    assertThat(run.exitCode()).as(run.said()).isZero();
    assertThat(run.said()).contains("partitions added");
  }
}
