package org.clickmill.drivers.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A Pushgateway, which holds what all commands have said last: what is of the warehouse in one
 * group of its instance, what is of a command's last run in a group of each command.
 *
 * <p>Values are sent by POST, which replaces the metrics that are sent and leaves others of the
 * group as they are: a run that fails must not take away when the last one succeeded.
 */
final class Pushgateway {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpTarget target;

  Pushgateway(HttpTarget target) {
    this.target = target;
  }

  void push(String instance, String command, Samples samples)
      throws IOException, InterruptedException {
    var group = "/metrics/job/clickmill/" + label("instance", instance);
    post(group, samples.of(Metric.Scope.WAREHOUSE));
    post(group + "/" + label("command", command), samples.of(Metric.Scope.RUN));
  }

  private void post(String path, Samples samples) throws IOException, InterruptedException {
    if (!samples.isEmpty()) {
      target.post(path, CONTENT_TYPE, samples.text().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** As a part of the path, whatever the value holds. */
  private static String label(String name, String value) {
    var encoded = Base64.getUrlEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    return name + "@base64/" + encoded;
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
