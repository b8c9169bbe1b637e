package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.clickmill.jobs.load.SecureBroker;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.clickmill.testdata.process.NativeLibrary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a cluster that uses Kerberos, with privacy and TLS, and a Kafka that does too. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SecureClusterIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USER = System.getProperty("user.name") + "@EXAMPLE.COM";
  private static final String SHOP = "/shops/shop";
  private static final String TABLES = "--tables=top_products,sales,sessions";

  /** What a task's login is made by. */
  private static final String LOGIN = "Krb5LoginModule required";

  @TempDir static Path folder;

  private static KerberosCluster cluster;
  private static JobJar jobJar;
  private static Path input;

  @BeforeAll
  static void startCluster() throws Exception {
    assumeTrue(NativeLibrary.canBeMade(), "skipped: no gcc to make Hadoop's native library with");
    input = SmallShop.generate(folder.resolve("raw"), 2000, 2);
    var library = NativeLibrary.make(Path.of("src/test/native/hadoop.c"), folder.resolve("native"));
    cluster =
        KerberosCluster.start(Files.createDirectories(folder.resolve("cluster")), library, input);
    jobJar = new JobJar(folder.resolve("processes"), cluster.javaOptions());
  }

  @AfterAll
  static void stopCluster() {
    if (jobJar != null) {
      jobJar.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  /** As the shop's user, by the keytab. */
  private static CommandRun run(String... arguments) throws IOException, InterruptedException {
    return start(jobJar, "shop", USER, arguments).succeed();
  }

  private static JobJar.Running start(
      JobJar jar, String keytab, String principal, String... arguments) throws IOException {
    var all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--principal=" + principal);
    all.add("--keytab=" + cluster.file(keytab + ".keytab"));
    return jar.hadoopJar(cluster.classPath(), all.toArray(String[]::new));
  }

  private static void assertRefused(CommandRun run, int exitCode, String line) {
    assertThat(run.err()).isEqualTo("clickmill " + line + "\n");
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }

  /** From another HDFS, whose tokens tasks need too. */
  @Test
  @Order(1)
  void tablesByAKeytabEqualThoseOfTheEmbeddedRun() throws Exception {
    var local = folder.resolve("shop").toString();
    run(
        "import",
        "--mapping=rees46",
        "--input=" + cluster.landing(),
        "--warehouse=" + SHOP,
        "-D",
        "fs.permissions.umask-mode=077");
    run("pipeline", TABLES, "--warehouse=" + SHOP, "-D", "fs.permissions.umask-mode=077");
    var embedded = new JobJar(folder.resolve("embedded"));
    embedded
        .embedded("import", "--mapping=rees46", "--input=" + input, "--warehouse=" + local)
        .succeed();
    embedded.embedded("pipeline", TABLES, "--warehouse=" + local).succeed();

    for (var table : List.of("sales", "sessions")) {
      var show = new String[] {"show", table, "--json", "--limit=0"};
      var expected = embedded.embedded(with(show, "--warehouse=" + local)).succeed();
      var found = run(with(show, "--warehouse=" + SHOP));
      assertThat(JSON.readTree(found.out())).as(table).isNotEmpty();
      assertThat(found.out()).as(table).isEqualTo(expected.out());
    }
    assertThat(run("status", "--warehouse=" + SHOP).out()).contains("sessions");
  }

  private static String[] with(String[] words, String more) {
    var all = new ArrayList<>(Arrays.asList(words));
    all.add(more);
    return all.toArray(String[]::new);
  }

  @Test
  @Order(2)
  void whoHasNoTicketIsToldInOneLine() throws Exception {
    assertRefused(
        jobJar.hadoopJar(cluster.classPath(), "status", "--warehouse=" + SHOP).finish(),
        2,
        "status: Missing Kerberos ticket: run kinit or give --principal and --keytab");
  }

  @Test
  @Order(2)
  void whatIsWrongWithALoginIsToldInOneLine() throws Exception {
    var keytab = cluster.file("shop.keytab");
    assertRefused(
        jobJar
            .hadoopJar(cluster.classPath(), "status", "--warehouse=" + SHOP, "--keytab=" + keytab)
            .finish(),
        2,
        "status: Missing principal: whose key of "
            + keytab
            + " is to be used? Name it with --principal or clickmill.kerberos.principal.");
    assertRefused(
        start(jobJar, "shop", "nobody@EXAMPLE.COM", "status", "--warehouse=" + SHOP).finish(),
        2,
        "status: Invalid principal: keytab "
            + keytab
            + " has no key of nobody@EXAMPLE.COM, but of "
            + USER);
    int nobody;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    var krb5 = Files.readString(cluster.file("krb5.conf"), StandardCharsets.UTF_8);
    var away =
        Files.writeString(
            folder.resolve("krb5-away.conf"),
            krb5.replaceAll("kdc = localhost:\\d+", "kdc = localhost:" + nobody)
                .replace("[libdefaults]", "[libdefaults]\n    max_retries = 1"));
    try (var jar =
        new JobJar(folder.resolve("away"), List.of("-Djava.security.krb5.conf=" + away))) {
      var run = start(jar, "shop", USER, "status", "--warehouse=" + SHOP).finish();
      assertThat(run.err())
          .startsWith("clickmill status: Cannot reach the KDC of " + USER + ": ")
          .hasLineCount(1);
      assertThat(run.exitCode()).isEqualTo(3);
    }
  }

  @Test
  @Order(3)
  void whoLacksARightIsToldInOneLine() throws Exception {
    var stranger = "stranger@EXAMPLE.COM";
    for (var command :
        List.of(
            new String[] {"show", "sales"},
            new String[] {"pipeline", TABLES},
            new String[] {"import", "--mapping=rees46", "--input=" + cluster.landing()})) {
      var run = start(jobJar, "stranger", stranger, with(command, "--warehouse=" + SHOP)).finish();
      assertThat(run.err())
          .startsWith(
              "clickmill " + command[0] + ": Missing right: user stranger may not search " + SHOP)
          .endsWith(
              " Ask its owner for the right, or run as another user (kinit, or --principal and"
                  + " --keytab).\n")
          .hasLineCount(1);
      assertThat(run.exitCode()).isEqualTo(2);
    }
  }

  @Test
  @Order(4)
  @EnabledIfSystemProperty(named = "clickmill.test.security", matches = "all")
  void jobsInTheClientsProcessAreRefusedWithoutTheNativeLibrary() throws Exception {
    var run =
        start(
                jobJar,
                "shop",
                USER,
                "import",
                "--mapping=rees46",
                "--input=" + cluster.landing(),
                "--warehouse=/shops/local",
                "-D",
                "mapreduce.framework.name=local")
            .finish();
    assertThat(run.err())
        .contains(
            "clickmill import: Cannot run the job clickmill import in this process: Kerberos is on,"
                + " and then Hadoop merges only with its native library, which is not on"
                + " java.library.path (");
    assertThat(run.exitCode()).isEqualTo(2);
    try (var jar =
        new JobJar(
            folder.resolve("native-client"),
            List.of(
                cluster.javaOptions().get(0), "-Djava.library.path=" + folder.resolve("native")))) {
      var local =
          start(
                  jar,
                  "shop",
                  USER,
                  "import",
                  "--mapping=rees46",
                  "--input=" + cluster.landing(),
                  "--warehouse=/shops/local",
                  "-D",
                  "mapreduce.framework.name=local")
              .succeed();
      assertThat(local.out()).contains("2,000 records");
    }
  }

  @Test
  @Order(5)
  void topicIsLoadedByTasksThatLogInByTheShippedKeytab() throws Exception {
    load(folder.resolve("kafka"), Map.of(), "/shops/loaded");
    assertThat(credentialsWith(cluster.file("shop.keytab"))).isPositive();
    assertNothingIsLeftOfTheLogin();
  }

  @Test
  @Order(6)
  @EnabledIfSystemProperty(named = "clickmill.test.security", matches = "all")
  void tasksLogInByATokenWhereTheBrokerGivesOne() throws Exception {
    long before = credentialsWith(cluster.file("shop.keytab"));
    load(
        folder.resolve("kafka-with-tokens"),
        Map.of(
            "sasl.enabled.mechanisms", "GSSAPI,SCRAM-SHA-256",
            "delegation.token.secret.key", "key-of-tokens",
            "listener.name.client.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
        "/shops/loaded-by-token");
    assertThat(credentialsWith(cluster.file("shop.keytab"))).isEqualTo(before);
    assertNothingIsLeftOfTheLogin();
  }

  private static void load(Path work, Map<String, String> server, String warehouse)
      throws Exception {
    try (var broker = broker(work, server)) {
      var properties = clientProperties(work, broker);
      run("publish", properties, "--topic=shop", "--partitions=2", "--events=1000", "--days=1");
      var load =
          run(
              "load",
              properties,
              "--topic=shop",
              "--mapping=clickmill",
              "--start=earliest",
              "--as-of=2019-10-02T00:10:00Z",
              "--warehouse=" + warehouse);
      assertThat(load.out())
          .startsWith("Commit 1: 1,000 records = 1,000 events + 0 late + 0 rejected ");
    }
  }

  /** How many containers were given a file among their credentials. */
  private static long credentialsWith(Path file) throws IOException {
    var wanted = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    long found = 0;
    try (var files = Files.walk(cluster.containers())) {
      for (var tokens : files.filter(path -> path.toString().endsWith(".tokens")).toList()) {
        var content = new String(Files.readAllBytes(tokens), StandardCharsets.ISO_8859_1);
        found += content.contains(wanted) ? 1 : 0;
      }
    }
    return found;
  }

  private static KafkaBroker broker(Path work, Map<String, String> more)
      throws IOException, InterruptedException {
    Files.createDirectories(work);
    var login =
        "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true"
            + " keyTab=\""
            + cluster.file("kafka.keytab")
            + "\" principal=\"kafka/localhost@EXAMPLE.COM\";";
    var server = new LinkedHashMap<String, String>();
    server.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT");
    server.put("sasl.enabled.mechanisms", "GSSAPI");
    server.put("sasl.mechanism.inter.broker.protocol", "GSSAPI");
    server.put("sasl.kerberos.service.name", "kafka");
    server.put("listener.name.client.gssapi.sasl.jaas.config", login);
    server.putAll(SecureBroker.tlsOfServer(work));
    server.putAll(more);
    return KafkaBroker.start(
        Path.of(System.getProperty("clickmill.kafka")),
        work.resolve("broker"),
        server,
        cluster.javaOptions());
  }

  /** Without a login: it is that of the command. */
  private static String clientProperties(Path work, KafkaBroker broker) throws IOException {
    var properties = new Properties();
    properties.putAll(
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "security.protocol", "SASL_SSL",
            "sasl.kerberos.service.name", "kafka",
            // By default a minute, which is the life of a ticket in one test.
            "sasl.kerberos.min.time.before.relogin", "1000"));
    properties.putAll(SecureBroker.tlsOfClients(work));
    var file = work.resolve("client.properties");
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    return "--client-properties=" + file;
  }

  /**
   * Of all that containers leave, which this cluster keeps, only their credentials hold the login.
   */
  private static void assertNothingIsLeftOfTheLogin() throws IOException {
    byte[] keytab = Files.readAllBytes(cluster.file("shop.keytab"));
    int looked = 0;
    for (var place : List.of(cluster.containers(), folder.resolve("processes"))) {
      try (var files = Files.walk(place)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var name = file.getFileName().toString();
          if (name.endsWith(".jar")
              || name.endsWith("_tokens")
              || name.endsWith("tokens.crc")
              || name.endsWith(".tokens")) {
            continue;
          }
          byte[] content = Files.readAllBytes(file);
          var text = new String(content, StandardCharsets.ISO_8859_1);
          assertThat(text.contains(LOGIN) || text.contains(SecureBroker.TRUST_PASSWORD))
              .as("a login in %s", file)
              .isFalse();
          assertThat(Arrays.equals(content, keytab)).as("a keytab: %s", file).isFalse();
          looked++;
        }
      }
    }
    assertThat(looked).isGreaterThan(20);
  }

  /** Takes three minutes, so it runs where it is asked for. */
  @Test
  @Order(7)
  @EnabledIfSystemProperty(named = "clickmill.test.security", matches = "all")
  void followGoesOnBeyondTheLifeOfTwoTickets() throws Exception {
    var krb5 = "-Djava.security.krb5.conf=" + cluster.file("krb5-of-a-minute.conf");
    try (var broker = broker(folder.resolve("follow"), Map.of());
        var jar = new JobJar(folder.resolve("followed"), List.of(krb5))) {
      var properties = clientProperties(folder.resolve("follow"), broker);
      var follow =
          start(
              jar,
              "shop",
              USER,
              "load",
              properties,
              "--topic=shop",
              "--mapping=clickmill",
              "--start=earliest",
              "--as-of=2019-10-02T00:10:00Z",
              "--warehouse=/shops/followed",
              "--follow",
              "-Dclickmill.load.follow-seconds=5",
              "-Dhadoop.kerberos.min.seconds.before.relogin=10");
      long begin = System.nanoTime();
      int commits = 0;
      do {
        run(
            "publish",
            properties,
            "--topic=shop",
            "--partitions=1",
            "--events=100",
            "--days=1",
            "--seed=" + commits);
        commits++;
        await(follow, "Commit " + commits + ": 100 records");
      } while (System.nanoTime() - begin < Duration.ofSeconds(125).toNanos());
      follow.process().destroy();
      follow.finish();
      assertThat(commits).isGreaterThan(1);
    }
  }

  private static void await(JobJar.Running running, String text)
      throws IOException, InterruptedException {
    while (!Files.readString(running.out()).contains(text)) {
      assertThat(running.process().isAlive()).as(Files.readString(running.err())).isTrue();
      Thread.sleep(100);
    }
  }
}
