package org.clickmill.jobs.load;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.clickmill.formats.failure.ClickmillException;

/** Says what Kafka's client means, and what to do about it. */
final class KafkaFailures {
  private KafkaFailures() {}

  /**
   * A failure for users.
   *
   * @param what could not be done: "send record 17 to topic shop"
   */
  static ClickmillException of(String what, ClientProperties client, Throwable thrown) {
    var failure = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    var servers = client.bootstrapServers();
    if (failure instanceof ClickmillException known) {
      return known;
    }
    if (failure instanceof SslAuthenticationException) {
      return ClickmillException.usage(
          "Cannot %s: no TLS with Kafka at %s: %s; check ssl.truststore.location in the client"
              + " properties, and that the certificate is for this host",
          what, servers, message(root(failure)), thrown);
    }
    if (failure instanceof AuthenticationException) {
      return ClickmillException.usage(
          "Cannot %s: Kafka at %s refuses the login: %s; check the client properties",
          what, servers, failure.getMessage(), thrown);
    }
    if (failure instanceof AuthorizationException) {
      return ClickmillException.usage(
          "Cannot %s: Kafka at %s forbids it: %s", what, servers, failure.getMessage(), thrown);
    }
    if (failure instanceof UnknownTopicOrPartitionException) {
      return ClickmillException.usage(
          "Cannot %s: Kafka at %s has no such topic", what, servers, thrown);
    }
    if (failure instanceof TimeoutException) {
      return ClickmillException.notReady(
          "Cannot %s: no answer from Kafka at %s in time (%s); check the address, that a broker"
              + " runs there, and whether it wants a login or TLS (client properties)",
          what, servers, failure.getMessage(), thrown);
    }
    if (config(failure) != null) {
      return ClickmillException.usage(
          "Cannot %s: invalid client properties for Kafka at %s: %s",
          what, servers, config(failure), thrown);
    }
    return ClickmillException.failed(
        "Cannot %s: Kafka at %s: %s", what, servers, message(failure), thrown);
  }

  /** What is wrong with the properties, if that is why a client could not be made. */
  private static String config(Throwable failure) {
    if (failure instanceof ConfigException) {
      return failure.getMessage();
    }
    boolean isConstruction =
        failure instanceof KafkaException
            && failure.getMessage() != null
            && failure.getMessage().startsWith("Failed to");
    return isConstruction && failure.getCause() != null ? message(root(failure)) : null;
  }

  private static Throwable root(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
