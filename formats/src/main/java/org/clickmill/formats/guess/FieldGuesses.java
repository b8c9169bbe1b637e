package org.clickmill.formats.guess;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clickmill.formats.guess.Sample.Column;
import org.clickmill.formats.guess.Sample.Type;

/** Gives each field of an event a column of the sample, by its name and by what is in it. */
final class FieldGuesses {
  private static final Predicate<String> NUMBER =
      value -> value.strip().matches("[-+]?\\d{1,14}(\\.\\d*)?([eE][-+]?\\d{1,2})?");
  private static final Predicate<String> MORE_THAN_FOUR_DECIMALS =
      value -> value.strip().matches("[-+]?\\d+\\.\\d{4}\\d*[1-9]\\d*");
  private static final Predicate<String> PRICE = value -> value.matches("\\d{1,7}\\.\\d{1,2}");
  private static final Predicate<String> WHOLE =
      value -> value.matches("\\s*[-+]?\\d+(\\.0*)?\\s*");
  private static final Predicate<String> WHOLE_WITH_POINT = value -> value.matches("\\d+\\.0+");
  private static final Predicate<String> UUID =
      value -> value.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Set<String> IDS =
      Set.of("product_id", "category_id", "visitor_id", "user_id", "user_session", "order_id");

  private final Sample sample;
  private final Map<String, Column> found = new LinkedHashMap<>();
  private final Set<Column> taken = new LinkedHashSet<>();

  FieldGuesses(Sample sample) {
    this.sample = sample;
    find("event_time", column -> TimeGuess.of(column) != null, false);
    find("event_type", column -> EventTypes.of(column) != null, false);
    for (var field : FieldNames.fields()) {
      if (!field.equals("event_time") && !field.equals("event_type")) {
        find(field, column -> true, true);
      }
    }
    findByContent("event_time", column -> TimeGuess.of(column) != null);
    findByContent("event_type", EventTypes::areIn);
    if (!sample.hasHeader()) {
      findByContent("price", column -> column.isAll(PRICE));
      findByContent("user_session", column -> column.isAll(UUID));
    }
  }

  private void find(String field, Predicate<Column> fits, boolean mayBeEmpty) {
    sample.columns().stream()
        .filter(column -> !taken.contains(column) && column.type() != Type.OTHER)
        .filter(column -> FieldNames.rank(field, column.source()) >= 0)
        .filter(column -> isOnly(column) && (mayBeEmpty || isSeen(column)) && fits.test(column))
        .min(Comparator.comparingInt(column -> FieldNames.rank(field, column.source())))
        .ifPresent(column -> take(field, column));
  }

  private void findByContent(String field, Predicate<Column> fits) {
    if (!found.containsKey(field)) {
      sample.columns().stream()
          .filter(column -> !taken.contains(column) && column.type() != Type.OTHER)
          .filter(column -> isOnly(column) && isSeen(column) && fits.test(column))
          .findFirst()
          .ifPresent(column -> take(field, column));
    }
  }

  private void take(String field, Column column) {
    found.put(field, column);
    taken.add(column);
  }

  private static boolean isSeen(Column column) {
    return column.hasValues() || column.type() == Type.TIME;
  }

  /** Import refuses a mapped column that a header names twice. */
  private boolean isOnly(Column column) {
    return sample.columns().stream().filter(other -> other.source().equals(column.source())).count()
        == 1;
  }

  boolean has(String field) {
    return found.containsKey(field);
  }

  /** The columns that feed nothing. */
  List<Column> unused() {
    return sample.columns().stream().filter(column -> !taken.contains(column)).toList();
  }

  /** Writes the line of a field; nothing if no column was found for it. */
  void write(String field, GuessedYaml yaml) {
    var column = found.get(field);
    if (column == null) {
      return;
    }
    var options = new LinkedHashMap<String, String>();
    boolean isNamed = FieldNames.rank(field, column.source()) == 0;
    var why = isNamed ? "" : byName(field, column) ? "by its name" : "by its values";
    var detail =
        switch (field) {
          case "event_time" -> time(column, options);
          case "event_type" -> type(column, options);
          case "price" -> price(column, options);
          case "quantity" ->
              column.type() == Type.NUMBER || !column.hasValues() || column.isAll(WHOLE)
                  ? ""
                  : null;
          default -> id(field, column, options);
        };
    if (detail == null) {
      yaml.comment(
          " "
              + field
              + ": "
              + GuessedYaml.quoted(column.source())
              + "  # left out: not all of its values are numbers, such as "
              + Comments.shown(
                  column.values().stream()
                      .filter((field.equals("price") ? NUMBER : WHOLE).negate())
                      .findFirst()
                      .orElse("")));
      return;
    }
    var example =
        sample.hasHeader() || detail.contains("such as") ? "" : "such as " + column.example();
    var remarks = Stream.of(why, detail, example).filter(text -> !text.isEmpty());
    var comment = remarks.collect(Collectors.joining("; "));
    yaml.field(field, column.source(), options, comment.isEmpty() ? "" : "guessed: " + comment);
  }

  private static boolean byName(String field, Column column) {
    return FieldNames.rank(field, column.source()) >= 0;
  }

  private static String time(Column column, Map<String, String> options) {
    var guess = TimeGuess.of(column);
    if (guess.format() != null && !guess.format().equals("iso")) {
      options.put("format", GuessedYaml.quoted(guess.format()));
    }
    return guess.remark();
  }

  private static String type(Column column, Map<String, String> options) {
    var types = EventTypes.of(column);
    if (!types.replaced().isEmpty()) {
      options.put("values", GuessedYaml.map(types.replaced()));
    }
    var remark = types.replaced().isEmpty() ? "" : "values by their names";
    var kept =
        types.kept().isEmpty()
            ? ""
            : "kept, but skipped by analyses: "
                + types.kept().stream()
                    .limit(10)
                    .map(Comments::shown)
                    .collect(Collectors.joining(", "));
    return remark.isEmpty() || kept.isEmpty() ? remark + kept : remark + "; " + kept;
  }

  private static String price(Column column, Map<String, String> options) {
    if (column.hasValues() && !column.isAll(NUMBER)) {
      return null;
    }
    if (column.values().stream().anyMatch(MORE_THAN_FOUR_DECIMALS)
        || column.type() == Type.NUMBER && !column.hasValues()) {
      options.put("round", "half-even");
      return "some values may have more than four decimals";
    }
    return "";
  }

  private static String id(String field, Column column, Map<String, String> options) {
    if (IDS.contains(field) && column.isAll(WHOLE_WITH_POINT)) {
      options.put("as", "integer");
      return "whole numbers, such as " + column.example();
    }
    return "";
  }
}
