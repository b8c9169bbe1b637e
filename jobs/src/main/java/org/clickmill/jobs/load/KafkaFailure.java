package org.clickmill.jobs.load;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.clickmill.formats.failure.ClickmillException;

/** Says what is wrong with Kafka, or with how it is asked. No password is in these messages. */
public final class KafkaFailure {
  private KafkaFailure() {}

  static ClickmillException of(KafkaClient client, Throwable failure) {
    return of(client, "Cannot reach Kafka at " + client, failure);
  }

  static ClickmillException of(KafkaClient client, TopicPartition partition, Throwable failure) {
    return of(client, "Cannot ask Kafka at " + client + " for partition " + partition, failure);
  }

  /**
   * A failure for users.
   *
   * @param what could not be done, as the beginning of a message
   */
  public static ClickmillException of(KafkaClient client, String what, Throwable failure) {
    // The constructors of clients wrap what is wrong.
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalSaslStateException) {
        return ClickmillException.usage(
            "Cannot log in to Kafka at %s: the broker at this port expects no password (check"
                + " security.protocol in --client-properties)",
            client, failure);
      }
      if (cause instanceof SslAuthenticationException) {
        return ClickmillException.usage(
            "Cannot use TLS with Kafka at %s: %s (check ssl.truststore.location in"
                + " --client-properties, and that the broker's certificate is for this host)",
            client, root(cause).getMessage(), failure);
      }
      if (cause instanceof AuthenticationException) {
        return ClickmillException.usage(
            "Cannot log in to Kafka at %s: %s (check the user, the password and the certificates in"
                + " --client-properties)",
            client, cause.getMessage(), failure);
      }
      if (cause instanceof AuthorizationException) {
        return ClickmillException.usage(
            "%s: Kafka at %s does not allow it: %s (ask for the rights of the user in"
                + " --client-properties)",
            what, client, cause.getMessage(), failure);
      }
      if (cause instanceof ConfigException) {
        return ClickmillException.usage(
            "Invalid address or client properties of Kafka at %s: %s",
            client, cause.getMessage(), failure);
      }
      if (cause instanceof TimeoutException) {
        return ClickmillException.notReady(
            "%s: no answer in time (%s). Is the address right, does the broker run, does each"
                + " partition have a leader, and is security.protocol in --client-properties the"
                + " broker's?",
            what, cause.getMessage(), failure);
      }
    }
    return other(client, what, failure);
  }

  private static ClickmillException other(KafkaClient client, String what, Throwable failure) {
    var message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (message.startsWith("Failed to c")) {
      // A client that cannot be made: a missing trust store, a login that cannot be read.
      return ClickmillException.usage(
          "Invalid address or client properties of Kafka at %s: %s",
          client, root(failure).getMessage(), failure);
    }
    return failure instanceof ApiException && !(failure instanceof RetriableException)
        ? ClickmillException.failed("%s: %s", what, message, failure)
        : ClickmillException.notReady("%s: %s", what, message, failure);
  }

  private static Throwable root(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
