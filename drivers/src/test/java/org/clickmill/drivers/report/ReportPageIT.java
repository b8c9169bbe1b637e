package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/** Opens reports in a real browser. After each test it has logged no error and no request. */
final class ReportPageIT {
  /** The rules, in a jar of their authors. */
  private static final String AXE = "/axe.min.js";

  /** Values of a row of key figures, by label. */
  private static final String TILE =
      """
      return Array.from(document.querySelectorAll(".tile"))
          .filter((tile) => tile.querySelector("dt").textContent === arguments[0])
          .map((tile) => Array.from(tile.querySelectorAll("dd.value, dd.detail"), (dd) => dd.textContent))[0];
      """;

  /** The texts of a column of a table. */
  private static final String COLUMN =
      """
      return Array.from(document.querySelectorAll("#table-" + arguments[0] + " tbody tr"),
          (row) => row.cells[arguments[1]].textContent);
      """;

  @TempDir static Path folder;

  private static Chromium browser;

  @BeforeAll
  static void startBrowser() {
    browser = Chromium.start(folder.resolve("profile"));
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingIsComplainedOfAndNothingLoaded() {
    assertThat(browser.consoleMessages()).isEmpty();
    assertThat(browser.networkRequests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void allPartsAreDrawnInTheColoursOfTheSystem(String scheme) throws IOException {
    browser.prefer(scheme);
    browser.resize(1280, 900);
    open(SampleReport.create(), scheme);
    assertThat(texts("main > section > h2"))
        .containsExactly(
            "Key figures",
            "Sales",
            "Hours and weekdays",
            "Sessions",
            "Traffic",
            "Funnel",
            "Carts",
            "Where the revenue comes from",
            "Products",
            "Cohorts",
            "What customers are worth",
            "Data quality",
            "Left out");
    assertThat(texts("nav#contents a")).hasSize(13);
    assertThat(elements("#sales polyline")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(elements("#customers rect")).isNotEmpty();
    assertThat(background())
        .isEqualTo(scheme.equals("dark") ? "rgb(18, 22, 27)" : "rgb(246, 247, 249)");
  }

  @Test
  void figuresAreThoseOfTheRangeAndComparedWithTheDaysBefore() throws IOException {
    open(SampleReport.create(), "range");
    assertThat(tile("Revenue"))
        .containsExactly(
            "€18,000.00", "▲ +100.0% a day against €300.00 a day", "30 of 31 days have data");
    assertThat(tile("Conversion")).startsWith("10.0%", "▲ +5.0 points against 5.0%");
    assertThat(tile("Average order value")).startsWith("€30.50");
    setDay("from", "2019-10-29");
    assertThat(tile("Revenue")).containsExactly("€1,800.00", "0.0% against €1,800.00");
    assertThat(text("#status"))
        .isEqualTo(
            "Showing Oct 29, 2019 – Oct 31, 2019, 3 days, compared with Oct 26, 2019 – Oct 28,"
                + " 2019.");
    choose("#preset", "all days");
    assertThat(tile("Revenue")).startsWith("€27,300.00", "no days before to compare with");
    setDay("to", "2019-09-10");
    setDay("from", "2019-09-04");
    assertThat(tile("Revenue"))
        .containsExactly("€2,100.00", "not compared: 4 of the 7 days before have data");
  }

  @Test
  void granularityMakesWeeksAndMonths() throws IOException {
    open(SampleReport.create(), "months");
    choose("#preset", "all days");
    choose("#grain", "month");
    assertThat(text("#sales h3")).startsWith("Revenue by month");
    // Three months are too few for a line.
    assertThat(elements("#sales g.now rect")).hasSize(3);
    assertThat(elements("#sales g.now polyline")).isEmpty();
    assertThat(elements("#sales g.now rect.pale")).hasSize(1);
    choose("#grain", "week");
    assertThat(elements("#sales g.now polyline")).hasSize(1);
  }

  @Test
  void averagesAreOfSevenDaysThatAllHaveData() throws IOException {
    open(SampleReport.create(), "averages");
    element("#sales .plot").sendKeys(Keys.HOME);
    // Six days of 300 and one of 600.
    assertThat(text("#sales .readout"))
        .isEqualTo(
            "Oct 1, 2019: Revenue €600.00, 7-day average €342.86, the period before €300.00");
    element("#sales .plot").sendKeys(Keys.END, Keys.ARROW_LEFT);
    assertThat(text("#sales .readout"))
        .startsWith("Oct 30, 2019: Revenue €600.00, 7-day average €600");
    for (int i = 0; i < 16; i++) {
      element("#sales .plot").sendKeys(Keys.ARROW_LEFT);
    }
    assertThat(text("#sales .readout"))
        .startsWith("Oct 14, 2019: Revenue €600.00, 7-day average –");
  }

  @Test
  void tablesAreSortedByKeyboardAndFiltered() throws IOException {
    open(SampleReport.create(), "tables");
    assertThat(column("products", 3)).startsWith("2,970", "2,940").endsWith("15,000").hasSize(13);
    element("#table-products th:nth-child(1) button").sendKeys(Keys.ENTER);
    assertThat(column("products", 0)).startsWith("1001", "1002", "1003").endsWith("all others");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    assertThat(column("products", 0)).startsWith("1012", "1011").endsWith("all others");
    assertThat(element("#table-products th:nth-child(1)").getDomAttribute("aria-sort"))
        .isEqualTo("descending");
    element("#table-products input").sendKeys("APPLE");
    assertThat(column("products", 0)).containsExactly("1001");
    assertThat(text("#table-products .shown")).isEqualTo("1 of 13 rows");
  }

  @Test
  void categoriesLeadToBrandsAndBrandsToProducts() throws IOException {
    open(SampleReport.create(), "drill");
    assertThat(column("revenue_by_category", 0))
        .containsExactly("electronics.smartphone", SampleReport.SCRIPT, "all others");
    assertThat(column("revenue_by_category", 1)).startsWith("€10,800.00");
    press("#table-revenue_by_category tbody tr:first-child button");
    assertThat(column("revenue_by_brand", 0))
        .containsExactly("apple", SampleReport.FORMULA, "other products than the report's");
    assertThat(column("revenue_by_brand", 1))
        .containsExactly("€7,200.00", "€1,800.00", "€1,800.00");
    press("#table-revenue_by_brand tbody tr:first-child button");
    assertThat(column("revenue_by_product", 0)).containsExactly("1001");
    assertThat(texts("#crumbs li"))
        .containsExactly("All categories", "electronics.smartphone", "apple");
    press("#crumbs li:first-child button");
    assertThat(column("revenue_by_category", 0)).hasSize(3);
  }

  @Test
  void hoursAreThoseOfTheTimeZone() throws IOException {
    open(SampleReport.create(), "hours");
    // 0, 6, 12 and 18 hours UTC are two hours later in Berlin, and one after summer time.
    assertThat(texts("#hours tbody tr:nth-child(1) td").subList(0, 4))
        .containsExactly("–", "150", "450", "–");
    assertThat(texts("#hours tbody tr:nth-child(3) td").subList(0, 4))
        .containsExactly("–", "150", "450", "–");
  }

  @Test
  void funnelShowsWhatIsLostAtEachStep() throws IOException {
    open(SampleReport.create(), "funnel");
    assertThat(texts("#funnel .drop"))
        .containsExactly("▼ 2,400 left (80.0%)", "▼ 450 left (75.0%)");
    assertThat(text("#funnel .note"))
        .contains("Those of 1 day can still change.")
        .contains("they are those of Oct 30, 2019, the newest final day.");
    assertThat(texts("#funnel tbody tr:nth-child(3) td"))
        .containsExactly("150", "450", "25.0%", "5.0%", "0.0 points", "2 h 3 min");
  }

  @Test
  void csvIsTheTableAsItIsSeenAndNoFormula() throws IOException {
    open(SampleReport.create(), "csv");
    press("#table-revenue_by_category tbody tr:first-child button");
    var text =
        (String)
            browser
                .driver()
                .executeAsyncScript(
                    """
                    const done = arguments[0];
                    const create = URL.createObjectURL;
                    URL.createObjectURL = (blob) => { blob.text().then(done); return create(blob); };
                    document.querySelector("#table-revenue_by_brand .csv").click();
                    """);
    assertThat(text)
        .startsWith("value,revenue,change,share,orders,units_sold,units_returned\napple,7200,")
        .contains("\n\"'=HYPERLINK(\"\"http://evil\"\")\",1800,");
  }

  @Test
  void coloursCanBeChosen() throws IOException {
    browser.prefer("light");
    open(SampleReport.create(), "chosen");
    assertThat(background()).isEqualTo("rgb(246, 247, 249)");
    choose("#theme", "dark");
    assertThat(background()).isEqualTo("rgb(18, 22, 27)");
    browser.prefer("dark");
    choose("#theme", "light");
    assertThat(background()).isEqualTo("rgb(246, 247, 249)");
  }

  @Test
  void textsOfDataAreTextsOnly() throws IOException {
    open(SampleReport.create(), "escaped");
    assertThat(texts("h1")).containsExactly("Shop <b>one</b>");
    assertThat(elements("main b, main script, h1 b")).isEmpty();
    assertThat(texts("#funnel h3")).containsExactly("<b>quick</b>");
    assertThat(browser.driver().getTitle())
        .isEqualTo("Shop <b>one</b>: Oct 1, 2019 – Oct 31, 2019");
  }

  @Test
  void pageFitsAPhone() throws IOException {
    browser.resize(390, 800);
    open(SampleReport.create(), "phone");
    assertThat((Long) browser.driver().executeScript("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
    browser.resize(1280, 900);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void rulesOfAccessibilityAreKept(String scheme) throws IOException {
    browser.prefer(scheme);
    open(SampleReport.create(), "accessible-" + scheme);
    browser
        .driver()
        .executeScript(
            "document.querySelectorAll('details').forEach((details) => { details.open = true; })");
    browser.driver().executeScript(axe());
    var violations =
        browser
            .driver()
            .executeAsyncScript(
                """
                const done = arguments[0];
                axe.run(document).then(({violations}) => done(violations.map(({id, nodes}) =>
                    id + ": " + nodes.slice(0, 3).map(({html, failureSummary}) => html + " " + failureSummary).join("; "))));
                """);
    assertThat((List<?>) violations).isEmpty();
  }

  @Test
  void withoutAModelThereIsNoHistogramButTheReason() throws IOException {
    open(SampleReport.withoutModel(), "historic");
    assertThat(elements("#customers rect")).isEmpty();
    assertThat(text("#customers")).contains("the model has no fit (q <= 1 & no mean).");
    assertThat(tile("Revenue")).startsWith("18,000.00");
  }

  @Test
  void figuresThatDifferAreNamedWithTheReason() throws IOException {
    open(SampleReport.create(), "checks");
    assertThat(column("checks", 3)).containsExactly("agree", "differ", "may differ");
    assertThat(column("checks", 8))
        .containsExactly("", "They should agree.", "Lines after midnight.");
    assertThat(text("#quality")).contains("1 of 3 pairs differ and should not.");
    assertThat(text("#quality")).contains("Days without a table of events (1): Oct 9, 2019");
  }

  @Test
  void emptyReportHasNoErrorEither() throws IOException {
    open(SampleReport.empty(), "empty");
    assertThat(texts("#missing li"))
        .containsExactly(
            "sales: clickmill sales makes it.",
            "traffic: made where the settings ask for it (docs/settings.md).");
  }

  private static void open(Report report, String name) throws IOException {
    var file = folder.resolve(name + ".html");
    Files.writeString(file, new ReportPage(report).html());
    browser.consoleMessages();
    browser.networkRequests();
    browser.driver().get(file.toUri().toString());
    screenshot(name);
  }

  private static String axe() throws IOException {
    try (var in = ReportPageIT.class.getResourceAsStream(AXE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void setDay(String id, String day) {
    browser
        .driver()
        .executeScript(
            "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
                + " field.dispatchEvent(new Event('change'));",
            id,
            day);
  }

  private static void choose(String selector, String option) {
    element(selector).findElements(By.tagName("option")).stream()
        .filter(one -> one.getText().equals(option))
        .findFirst()
        .orElseThrow()
        .click();
  }

  private static WebElement element(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static List<WebElement> elements(String selector) {
    return browser.driver().findElements(By.cssSelector(selector));
  }

  private static void press(String selector) {
    element(selector).sendKeys(Keys.ENTER);
  }

  private static String text(String selector) {
    return element(selector).getText();
  }

  private static List<String> texts(String selector) {
    return elements(selector).stream().map(WebElement::getText).toList();
  }

  @SuppressWarnings("unchecked")
  private static List<String> tile(String label) {
    return (List<String>) browser.driver().executeScript(TILE, label);
  }

  @SuppressWarnings("unchecked")
  private static List<String> column(String table, int index) {
    return (List<String>) browser.driver().executeScript(COLUMN, table, index);
  }

  private static String background() {
    return (String)
        browser.driver().executeScript("return getComputedStyle(document.body).backgroundColor");
  }

  /** Kept for whoever wants to see the page; nothing reads them. */
  private static void screenshot(String name) throws IOException {
    var target = Files.createDirectories(Path.of("target", "screenshots"));
    var height =
        (Long) browser.driver().executeScript("return document.documentElement.scrollHeight");
    var width = (Long) browser.driver().executeScript("return window.innerWidth");
    browser.resize(width.intValue(), height.intValue());
    Files.write(target.resolve(name + ".png"), browser.driver().getScreenshotAs(OutputType.BYTES));
  }
}
