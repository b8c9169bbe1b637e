package org.clickmill.drivers.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A report as {@code report.json}, and as one HTML page that holds it and everything it needs. */
public final class ReportPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private final Report report;

  public ReportPage(Report report) {
    this.report = report;
  }

  /**
   * The page. Its policy allows the one style and the one script that it has, by their hashes, and
   * nothing else.
   */
  public String html() {
    var style = resource("report.css");
    var script = resource("report.js");
    return fill(
        resource("report.html"),
        Map.of(
            "style",
            style,
            "script",
            script,
            "styleHash",
            hash("\n" + style),
            "scriptHash",
            hash("\n" + script),
            "data",
            dataBlock()));
  }

  /** {@code report.json}. */
  public String json() {
    var values = new SimpleModule();
    values.addSerializer(LocalDate.class, text());
    values.addSerializer(Instant.class, text());
    values.addSerializer(BigDecimal.class, new Amounts());
    values.addSerializer(ReportTable.Kind.class, new Kinds());
    try {
      return JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .addModule(values)
          .build()
          .writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON that can stand in a script element: no text in it can end the element. */
  private String dataBlock() {
    return json().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  /** Puts the parts into the template, each as it is: a part is not looked through again. */
  static String fill(String template, Map<String, String> parts) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    Objects.requireNonNull(parts.get(match.group(1)), match.group(1))));
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (var in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource: " + name, e);
    }
  }

  private static <T> JsonSerializer<T> text() {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        out.writeString(value.toString());
      }
    };
  }

  /** Amounts are exact, without zeros at their end. */
  private static final class Amounts extends JsonSerializer<BigDecimal> {
    @Override
    public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(value.stripTrailingZeros());
    }
  }

  private static final class Kinds extends JsonSerializer<ReportTable.Kind> {
    @Override
    public void serialize(ReportTable.Kind kind, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(kind.name().toLowerCase(Locale.ROOT));
    }
  }
}
