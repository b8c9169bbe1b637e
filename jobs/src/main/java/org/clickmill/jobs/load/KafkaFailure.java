package org.clickmill.jobs.load;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.clickmill.formats.failure.ClickmillException;

/** Says what is wrong with Kafka, or with how it is asked. No password is in these messages. */
final class KafkaFailure {
  private KafkaFailure() {}

  static ClickmillException of(KafkaClient client, Throwable failure) {
    return of(client, "Cannot reach Kafka at " + client, failure);
  }

  static ClickmillException of(KafkaClient client, TopicPartition partition, Throwable failure) {
    return of(client, "Cannot ask Kafka at " + client + " for partition " + partition, failure);
  }

  private static ClickmillException of(KafkaClient client, String what, Throwable failure) {
    // The constructors of clients wrap what is wrong.
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalSaslStateException) {
        return ClickmillException.usage(
            "Cannot log in to Kafka at %s: the broker at this port expects no password (check"
                + " security.protocol in --client-properties)",
            client, failure);
      }
      if (cause instanceof AuthenticationException) {
        return ClickmillException.usage(
            "Cannot log in to Kafka at %s: %s (check the user, the password and the certificates in"
                + " --client-properties)",
            client, cause.getMessage(), failure);
      }
      if (cause instanceof AuthorizationException) {
        return ClickmillException.usage(
            "Cannot read from Kafka at %s: %s (the user in --client-properties may not; ask for the"
                + " rights to describe and read the topics)",
            client, cause.getMessage(), failure);
      }
      if (cause instanceof ConfigException) {
        return ClickmillException.usage(
            "Invalid address or client properties of Kafka at %s: %s",
            client, cause.getMessage(), failure);
      }
      if (cause instanceof TimeoutException) {
        return ClickmillException.notReady(
            "%s: no answer in the time that %s gives. Is the address right, does the broker run, does each partition"
                + " have a leader, and is security.protocol in --client-properties the broker's?",
            what, LoadSettings.CONNECT_SECONDS, failure);
      }
    }
    return ClickmillException.notReady("%s: %s", what, failure.getMessage(), failure);
  }
}
