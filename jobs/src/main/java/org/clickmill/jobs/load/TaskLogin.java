package org.clickmill.jobs.load;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ExpireDelegationTokenOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.security.token.delegation.DelegationToken;
import org.clickmill.jobs.kernel.Slots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the tasks of a job log in to Kafka. Where the driver does so by Kerberos, they do by a
 * delegation token of the job's own, if the brokers give one and take it at the same address; else
 * as the driver does, and for that they get its keytab. The token is good for nothing when the job
 * is over.
 */
final class TaskLogin implements AutoCloseable {
  /**
   * By which tokens are presented; a listener takes one of them, both or none. First the one of
   * Kafka's own documentation: its client logs an error for one that is not taken.
   */
  private static final List<String> MECHANISMS = List.of("SCRAM-SHA-256", "SCRAM-SHA-512");

  private static final String MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule required tokenauth=true"
          + " username=\"%s\" password=\"%s\";";

  private static final int MILLISECONDS = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(TaskLogin.class);

  private final KafkaClient driver;
  private final KafkaClient tasks;
  private final DelegationToken token;
  private final Map<String, Object> timeouts;

  private TaskLogin(
      KafkaClient driver, KafkaClient tasks, DelegationToken token, Map<String, Object> timeouts) {
    this.driver = driver;
    this.tasks = tasks;
    this.token = token;
    this.timeouts = timeouts;
  }

  /** The login for a job that is about to be made. */
  static TaskLogin prepare(KafkaClient client, Configuration configuration)
      throws InterruptedException {
    int timeout = LoadSettings.CONNECT_SECONDS.get(configuration) * MILLISECONDS;
    Map<String, Object> timeouts =
        Map.of(
            AdminClientConfig.CLIENT_ID_CONFIG, "clickmill-load",
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    var token =
        client.usesKerberos() && !Slots.isLocal(configuration)
            ? create(client, timeouts)
            : Optional.<DelegationToken>empty();
    if (token.isEmpty()) {
      return new TaskLogin(client, client, null, timeouts);
    }
    for (var mechanism : MECHANISMS) {
      var tasks = by(token.get(), mechanism, client);
      if (logsIn(tasks, timeouts)) {
        return new TaskLogin(client, tasks, token.get(), timeouts);
      }
    }
    LOG.info("Kafka at {} gives tokens but takes none there; tasks log in by a keytab", client);
    new TaskLogin(client, client, token.get(), timeouts).close();
    return new TaskLogin(client, client, null, timeouts);
  }

  private static Optional<DelegationToken> create(KafkaClient client, Map<String, Object> timeouts)
      throws InterruptedException {
    try (var admin = Admin.create(client.with(timeouts))) {
      return Optional.of(admin.createDelegationToken().delegationToken().get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException refused
          && !(refused instanceof AuthenticationException)) {
        LOG.info("Kafka at {} gives no token; tasks log in by a keytab ({})", client, refused);
        return Optional.empty();
      }
      throw KafkaFailure.of(client, e.getCause());
    } catch (KafkaException e) {
      throw KafkaFailure.of(client, e);
    }
  }

  private static KafkaClient by(DelegationToken token, String mechanism, KafkaClient client) {
    var properties = new HashMap<>(client.properties());
    properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
    properties.put(
        SaslConfigs.SASL_JAAS_CONFIG,
        String.format(
            Locale.ROOT, MODULE, token.tokenInfo().tokenId(), token.hmacAsBase64String()));
    return new KafkaClient(properties);
  }

  private static boolean logsIn(KafkaClient tasks, Map<String, Object> timeouts)
      throws InterruptedException {
    try (var admin = Admin.create(tasks.with(timeouts))) {
      admin.describeCluster().nodes().get();
      return true;
    } catch (ExecutionException | KafkaException e) {
      return false;
    }
  }

  /** How tasks reach Kafka. */
  KafkaClient client() {
    return tasks;
  }

  /** Takes the token back, which else lives for a day. */
  @Override
  public void close() {
    if (token == null) {
      return;
    }
    try (var admin = Admin.create(driver.with(timeouts))) {
      var now = new ExpireDelegationTokenOptions().expiryTimePeriodMs(-1);
      admin.expireDelegationToken(token.hmac(), now).expiryTimestamp().get();
    } catch (ExecutionException | KafkaException e) {
      LOG.warn("Cannot take back a delegation token of Kafka at {}; it ends by itself", driver, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
