package org.clickmill.drivers.observe;

import java.util.List;
import java.util.Locale;

/**
 * Every metric that there is. A name stays once it was released, with its unit and its labels;
 * others may join.
 */
public enum Metric {
  RUN_EXIT_CODE(
      Scope.RUN, Type.GAUGE, "Exit code of the last run of a command; 0 is success.", "command"),
  RUN_END_TIMESTAMP_SECONDS(
      Scope.RUN, Type.GAUGE, "When the last run of a command ended.", "command"),
  RUN_SUCCESS_TIMESTAMP_SECONDS(
      Scope.RUN, Type.GAUGE, "When the last run of a command ended that succeeded.", "command"),
  RUN_DURATION_SECONDS(
      Scope.RUN, Type.GAUGE, "How long the last run of a command took.", "command"),
  RUN_PUBLISHED_PARTITIONS(
      Scope.RUN,
      Type.GAUGE,
      "Partitions that the last run of a command published, with unchanged rows too.",
      "command"),
  RUN_CHANGED_PARTITIONS(
      Scope.RUN,
      Type.GAUGE,
      "Partitions that the last run of a command published with other rows than before.",
      "command"),
  RUN_PUBLISHED_ROWS(
      Scope.RUN,
      Type.GAUGE,
      "Rows in the partitions whose rows changed in the last run.",
      "command"),
  RUN_PUBLISHED_BYTES(
      Scope.RUN,
      Type.GAUGE,
      "Bytes of files in the partitions whose rows changed in the last run.",
      "command"),
  RUN_REJECTED_RECORDS(
      Scope.RUN, Type.GAUGE, "Malformed records that the last run of a command met.", "command"),
  RUN_LATE_EVENTS(
      Scope.RUN, Type.GAUGE, "Late events that the last run of a command met.", "command"),
  STEP_DURATION_SECONDS(
      Scope.RUN, Type.GAUGE, "How long a step of the last run took.", "command", "step"),
  STEP_READ_ROWS(
      Scope.RUN,
      Type.GAUGE,
      "Rows or records that a step of the last run read.",
      "command",
      "step"),
  STEP_WRITTEN_ROWS(
      Scope.RUN, Type.GAUGE, "Rows that a step of the last run wrote.", "command", "step"),
  STEP_PARTITIONS(
      Scope.RUN, Type.GAUGE, "Partitions that a step of the last run computed.", "command", "step"),

  INFO(Scope.WAREHOUSE, Type.GAUGE, "Always 1; the label is the version of Clickmill.", "version"),
  TABLE_PUBLISHED_TIMESTAMP_SECONDS(
      Scope.WAREHOUSE, Type.GAUGE, "When the newest partition of a table was published.", "table"),
  TABLE_END_TIMESTAMP_SECONDS(
      Scope.WAREHOUSE,
      Type.GAUGE,
      "The end of the period that the newest partition of a table is of.",
      "table"),
  TABLE_NEWEST_ROWS(
      Scope.WAREHOUSE, Type.GAUGE, "Rows in the newest partition of a table.", "table"),
  TABLE_NEWEST_BYTES(
      Scope.WAREHOUSE, Type.GAUGE, "Bytes of files in the newest partition of a table.", "table"),
  LOAD_COMMIT_TIMESTAMP_SECONDS(
      Scope.WAREHOUSE, Type.GAUGE, "When the newest commit of the loader was made."),
  LOAD_SEALED_TIMESTAMP_SECONDS(
      Scope.WAREHOUSE, Type.GAUGE, "The end of the last hour that the loader has sealed."),
  LOAD_WAITING_EVENTS(
      Scope.WAREHOUSE, Type.GAUGE, "Late events that are not folded into their hours yet."),
  LOAD_OFFSET(
      Scope.WAREHOUSE,
      Type.GAUGE,
      "The offset behind the last record of a topic's partition that is loaded.",
      "topic",
      "partition"),
  LOAD_LAG_RECORDS(
      Scope.WAREHOUSE,
      Type.GAUGE,
      "Offsets of a topic's partition that are not loaded yet, when Kafka was asked last.",
      "topic",
      "partition"),
  LOAD_EVENTS_TOTAL(
      Scope.WAREHOUSE,
      Type.COUNTER,
      "Events loaded from a topic's partition that came in time.",
      "topic",
      "partition"),
  LOAD_LATE_EVENTS_TOTAL(
      Scope.WAREHOUSE,
      Type.COUNTER,
      "Events loaded from a topic's partition that were late.",
      "topic",
      "partition"),
  LOAD_REJECTED_RECORDS_TOTAL(
      Scope.WAREHOUSE,
      Type.COUNTER,
      "Records of a topic's partition that were malformed.",
      "topic",
      "partition"),

  PARTITIONS(
      Scope.WAREHOUSE,
      Type.GAUGE,
      "Partitions of a table that are fresh, stale, may_become_stale, outdated, not_ready or expired.",
      "table",
      "state"),
  STUCK_COMMITS(Scope.WAREHOUSE, Type.GAUGE, "Commits that cannot be carried out."),
  UNREGISTERED_PARTITIONS(
      Scope.WAREHOUSE,
      Type.GAUGE,
      "Partitions that are published and not registered in the metastore yet."),
  STATE_TIMESTAMP_SECONDS(
      Scope.WAREHOUSE, Type.GAUGE, "When it was last looked which partitions are stale.");

  private static final String PREFIX = "clickmill_";

  private final Scope scope;
  private final Type type;
  private final String help;
  private final List<String> labels;

  Metric(Scope scope, Type type, String help, String... labels) {
    this.scope = scope;
    this.type = type;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** What a metric is of. */
  enum Scope {
    /** The last run of a command; what other commands have said stays. */
    RUN,
    /** The warehouse, whichever command has looked at it. */
    WAREHOUSE
  }

  /** As Prometheus calls them. */
  enum Type {
    GAUGE,
    COUNTER
  }

  Scope scope() {
    return scope;
  }

  /** As Prometheus knows it. */
  public String metricName() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  /** As the text format calls it: gauge or counter. */
  public String typeName() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  public String help() {
    return help;
  }

  public List<String> labels() {
    return labels;
  }
}
