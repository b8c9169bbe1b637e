package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportPageTest {
  private final String page = new ReportPage(SampleReport.create()).html();

  @Test
  void pageHoldsTheDataAndTextsOfDataCannotEndTheirElement() throws IOException {
    var data =
        page.substring(
            page.indexOf("id=\"data\">") + 10,
            page.indexOf("</script>", page.indexOf("id=\"data\">")));
    assertThat(data).doesNotContain("<").contains("\\u003c/script>\\u003cscript>alert(1)");
    assertThat(new ObjectMapper().readTree(data)).isEqualTo(json());
    assertThat(page).doesNotContain("<script>alert").doesNotContain("<sons>");
  }

  @Test
  void policyAllowsTheOneScriptAndStyleOnly() throws Exception {
    var policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]+)\"").matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1))
        .startsWith("default-src 'none'; ")
        .doesNotContain("unsafe")
        .contains("script-src 'sha256-" + hash(between("<script>", "</script>")) + "'")
        .contains("style-src 'sha256-" + hash(between("<style>", "</style>")) + "'");
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(page)
        .doesNotContain("src=\"http")
        .doesNotContain("href=\"http")
        .doesNotContain("@import")
        .doesNotContain("innerHTML")
        .doesNotContain("{{");
  }

  @Test
  void amountsAreExactNumbersAndTimesAndDaysAreTexts() throws IOException {
    var json = json();
    assertThat(json.get("version").intValue()).isEqualTo(1);
    assertThat(json.get("from").textValue()).isEqualTo("2019-10-01");
    assertThat(json.get("createdAt").textValue()).isEqualTo("2019-11-01T03:15:00Z");
    assertThat(new ReportPage(SampleReport.create()).json())
        .contains("[\"2019-10-01\",600,610,20,40,2]")
        .contains("3456.125")
        .contains("{\"name\":\"revenue\",\"kind\":\"money\",\"text\":\"Meaning of revenue.\"}");
  }

  @Test
  void everyFieldOfTheDocumentIsDescribed() throws IOException {
    var described = Files.readString(Path.of("..", "docs", "report.md"));
    var fields = json();
    assertThat(fields.fieldNames())
        .toIterable()
        .allSatisfy(name -> assertThat(described).contains("`" + name + "`"));
    for (var part : new String[] {"tables", "checks", "missing"}) {
      assertThat(fields.get(part).get(0).fieldNames())
          .toIterable()
          .allSatisfy(name -> assertThat(described).contains("`" + name + "`"));
    }
    for (var source : Source.ALL) {
      assertThat(described).contains("`" + source.name() + "`");
    }
  }

  @Test
  void partOfTheTemplateIsNotLookedThroughAgain() {
    assertThat(ReportPage.fill("{{a}} {{b}}", Map.of("a", "{{b}} $1 \\", "b", "x")))
        .isEqualTo("{{b}} $1 \\ x");
  }

  @Test
  void placeholderWithoutAPartIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> ReportPage.fill("{{missing}}", Map.of()))
        .withMessage("missing");
  }

  private static JsonNode json() throws IOException {
    return new ObjectMapper().readTree(new ReportPage(SampleReport.create()).json());
  }

  private String between(String begin, String end) {
    int from = page.indexOf(begin) + begin.length();
    return page.substring(from, page.indexOf(end, from));
  }

  private static String hash(String text) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    return Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
