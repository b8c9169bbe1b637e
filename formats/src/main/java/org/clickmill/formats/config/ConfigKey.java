package org.clickmill.formats.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.clickmill.formats.failure.ClickmillException;

/**
 * A setting as data: name, type, default, documentation and validator in one object, so that help,
 * reference page and checks cannot drift apart.
 *
 * @param <T> the type of the value
 */
public final class ConfigKey<T> {
  private static final String EMPTY_LIST = "none";

  private final String name;
  private final String type;
  private final String defaultText;
  private final String documentation;
  private final String expected;
  private final Function<String, T> parser;
  private final Predicate<T> validator;

  private ConfigKey(
      String name,
      String type,
      String defaultText,
      String documentation,
      String expected,
      Function<String, T> parser,
      Predicate<T> validator) {
    this.name = name;
    this.type = type;
    this.defaultText = defaultText;
    this.documentation = documentation;
    this.expected = expected;
    this.parser = parser;
    this.validator = validator;
    if (defaultText != null) {
      parse(defaultText);
    }
  }

  public static ConfigKey<Integer> ofInt(
      String name, int defaultValue, int minimum, int maximum, String documentation) {
    return new ConfigKey<>(
        name,
        "int",
        Integer.toString(defaultValue),
        documentation,
        "a whole number from " + minimum + " to " + maximum,
        Integer::valueOf,
        value -> value >= minimum && value <= maximum);
  }

  public static ConfigKey<Long> ofLong(
      String name, long defaultValue, long minimum, long maximum, String documentation) {
    return new ConfigKey<>(
        name,
        "long",
        Long.toString(defaultValue),
        documentation,
        "a whole number from " + minimum + " to " + maximum,
        Long::valueOf,
        value -> value >= minimum && value <= maximum);
  }

  public static ConfigKey<Double> ofDouble(
      String name, double defaultValue, double minimum, double maximum, String documentation) {
    return new ConfigKey<>(
        name,
        "double",
        Double.toString(defaultValue),
        documentation,
        "a number from " + minimum + " to " + maximum,
        Double::valueOf,
        value -> value >= minimum && value <= maximum);
  }

  public static ConfigKey<Boolean> ofBoolean(
      String name, boolean defaultValue, String documentation) {
    return new ConfigKey<>(
        name,
        "boolean",
        Boolean.toString(defaultValue),
        documentation,
        "true or false",
        ConfigKey::parseBoolean,
        value -> true);
  }

  /** A text; a null default means that the key has none. */
  public static ConfigKey<String> ofString(String name, String defaultValue, String documentation) {
    return new ConfigKey<>(
        name, "string", defaultValue, documentation, "a text", text -> text, value -> true);
  }

  /**
   * An address over HTTP or HTTPS with a host, which has none unless it is set. One with an
   * {@code @} is refused without being shown: what stands before it may be a password, and the
   * configuration of a job is no place for one.
   *
   * @param instead where a password goes, as the end of a sentence such as "into the file of …"
   */
  public static ConfigKey<URI> ofUrl(String name, String instead, String documentation) {
    return new ConfigKey<>(
        name,
        "url",
        null,
        documentation,
        "an address such as http://host:9091",
        text -> parseUrl(name, instead, text),
        value -> true);
  }

  /** A path of the local disk, also where the default file system is another; it has no default. */
  public static ConfigKey<Path> ofLocalPath(String name, String documentation) {
    return new ConfigKey<>(
        name,
        "local path",
        null,
        documentation,
        "a path of the local disk",
        ConfigKey::parseLocalPath,
        value -> true);
  }

  /** A day of UTC, written as 2019-10-31. */
  public static ConfigKey<LocalDate> ofDay(
      String name, LocalDate defaultValue, String documentation) {
    return new ConfigKey<>(
        name,
        "day",
        defaultValue.toString(),
        documentation,
        "a day such as 2019-10-31",
        ConfigKey::parseDay,
        value -> true);
  }

  /** A time zone of the IANA database by its name, as Europe/Berlin. */
  public static ConfigKey<ZoneId> ofZone(String name, String defaultText, String documentation) {
    return new ConfigKey<>(
        name,
        "time zone",
        defaultText,
        documentation,
        "a time zone of the IANA database, such as Europe/Berlin or UTC",
        ConfigKey::parseZone,
        value -> true);
  }

  /** The permissions to take away, in octal. */
  public static ConfigKey<FsPermission> ofUmask(
      String name, String defaultText, String documentation) {
    return new ConfigKey<>(
        name,
        "octal umask",
        defaultText,
        documentation,
        "three octal digits, such as 027",
        ConfigKey::parseUmask,
        value -> true);
  }

  /** A language and region by its tag (BCP 47), such as en-US. */
  public static ConfigKey<Locale> ofLocale(String name, Locale defaultValue, String documentation) {
    return new ConfigKey<>(
        name,
        "language tag",
        defaultValue.toLanguageTag(),
        documentation,
        "a language tag such as en-US",
        ConfigKey::parseLocale,
        value -> !value.getLanguage().isEmpty());
  }

  /** One of an enum's constants, written in lower case with underscores. */
  public static <E extends Enum<E>> ConfigKey<E> ofEnum(
      String name, Class<E> type, E defaultValue, String documentation) {
    var allowed =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new ConfigKey<>(
        name,
        "one of " + allowed,
        defaultValue.name().toLowerCase(Locale.ROOT),
        documentation,
        "one of " + allowed,
        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)),
        value -> true);
  }

  /**
   * A comma-separated list whose items must be among the allowed ones; none allowed means any. The
   * word {@code none} is the empty list.
   */
  public static ConfigKey<List<String>> ofList(
      String name, String defaultText, List<String> allowed, String documentation) {
    return new ConfigKey<>(
        name,
        "list",
        defaultText,
        documentation,
        allowed.isEmpty()
            ? "a comma-separated list"
            : "a comma-separated list of " + String.join(", ", allowed),
        text ->
            Arrays.stream(text.split(","))
                .map(String::strip)
                // Hadoop takes a setting without a value for one that is not set.
                .filter(item -> !item.isEmpty() && !item.equals(EMPTY_LIST))
                .toList(),
        items -> allowed.isEmpty() || allowed.containsAll(items));
  }

  /** The value set in the configuration, or the default; null when there is neither. */
  public T get(Configuration configuration) {
    var text = configuration.get(name);
    if (text == null) {
      text = defaultText;
    }
    return text == null ? null : parse(text.strip());
  }

  public void set(Configuration configuration, String text) {
    parse(text);
    configuration.set(name, text);
  }

  /** Parses and checks a value; an invalid one is a usage error that says what is expected. */
  public T parse(String text) {
    T value;
    try {
      value = parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw ClickmillException.usage(
          "Invalid value of %s: '%s' (expected %s)", name, text, expected);
    }
    if (!validator.test(value)) {
      throw ClickmillException.usage(
          "Invalid value of %s: '%s' (expected %s)", name, text, expected);
    }
    return value;
  }

  public String name() {
    return name;
  }

  public String type() {
    return type;
  }

  /** The default as it would be written, or null when the key has none. */
  public String defaultText() {
    return defaultText;
  }

  public String documentation() {
    return documentation;
  }

  @Override
  public String toString() {
    return name;
  }

  private static URI parseUrl(String name, String instead, String text) {
    if (text.indexOf('@') >= 0) {
      throw ClickmillException.usage(
          "Invalid value of %s: it holds a user or a password, which the configuration of every job"
              + " would show; put it %s",
          name, instead);
    }
    var address = URI.create(text);
    var scheme = address.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme))
        || address.getHost() == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException(text);
    }
    return address;
  }

  private static Path parseLocalPath(String text) {
    if (text.isEmpty() || text.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      throw new IllegalArgumentException(text);
    }
    return Path.of(text);
  }

  private static LocalDate parseDay(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Java knows other names as well, such as +01:00, that databases do not. */
  private static FsPermission parseUmask(String text) {
    if (!text.matches("[0-7]{3}")) {
      throw new IllegalArgumentException(text);
    }
    return new FsPermission(Short.parseShort(text, 8));
  }

  private static ZoneId parseZone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new IllegalArgumentException(text);
    }
    return ZoneId.of(text);
  }

  private static Locale parseLocale(String text) {
    try {
      return new Locale.Builder().setLanguageTag(text).build();
    } catch (IllformedLocaleException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
