package org.clickmill.jobs.sessions;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;

/** The settings of funnels. */
public final class FunnelSettings {
  public static final ConfigKey<String> DEFINITIONS =
      ConfigKey.ofString(
          "clickmill.funnel.definitions",
          "",
          "Funnels besides view_cart_purchase, in YAML: a map from name to steps, window and mode,"
              + " such as {quick: {steps: [view, purchase], window: 30m, mode: strict}}. A step is"
              + " an event type, or a map with types, brand, category and name.");

  private FunnelSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(DEFINITIONS);
  }

  /** The built-in funnel and the configured ones; a wrong definition is a usage error. */
  static List<FunnelDefinition> definitions(Configuration configuration) {
    var definitions = new ArrayList<FunnelDefinition>();
    definitions.add(FunnelDefinition.VIEW_CART_PURCHASE);
    definitions.addAll(FunnelYaml.read(DEFINITIONS.get(configuration)));
    return List.copyOf(definitions);
  }
}
