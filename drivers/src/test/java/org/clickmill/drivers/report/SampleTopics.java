package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.drivers.report.CustomerValues.Bin;
import org.clickmill.drivers.report.CustomerValues.Model;
import org.clickmill.drivers.report.CustomerValues.Parameter;
import org.clickmill.drivers.report.CustomerValues.Segment;
import org.clickmill.drivers.report.Funnels.Funnel;
import org.clickmill.drivers.report.Funnels.Group;
import org.clickmill.drivers.report.Funnels.Step;
import org.clickmill.drivers.report.Report.CartDay;
import org.clickmill.drivers.report.Sessions.Figures;
import org.clickmill.drivers.report.TrendingProducts.Product;

/** The parts of the sample report that need tables of their own. */
final class SampleTopics {
  private SampleTopics() {}

  static Sessions sessions() {
    var days = new ArrayList<Sessions.Day>();
    for (int i = 0; i < 31; i++) {
      var day = SampleReport.FIRST.plusDays(i);
      long sessions = 260_000 + 20_000L * (i % 7);
      days.add(
          new Sessions.Day(
              day,
              day.equals(SampleReport.MISSING)
                  ? null
                  : new Figures(
                      sessions,
                      i == 30 ? 1234 : 0,
                      sessions * 4 / 10,
                      sessions * (50 + i) / 1000,
                      411.5 + i,
                      58.5 + i)));
    }
    return new Sessions(days, new Figures(9_000_000, 1234, 3_600_000, 585_000, 420.0, 65.0));
  }

  static Funnels funnels() {
    return new Funnels(
        30,
        1,
        SampleReport.FIRST.plusDays(29),
        List.of(
            new Funnel(
                "<b>quick</b>",
                List.of(
                    new Step(1, "view", 10, null, 1.0, null),
                    new Step(2, "purchase", 0, 0.0, 0.0, null)),
                List.of(),
                List.of()),
            new Funnel(
                "view_cart_purchase",
                List.of(
                    new Step(1, "view", 9_000_000, null, 1.0, null),
                    new Step(2, "cart", 900_000, 0.1, 0.1, 48.0),
                    new Step(3, "purchase", 450_000, 0.5, 0.05, 7384.5)),
                List.of(
                    new Group(1, "samsung", List.of(4_000_000L, 400_000L, 250_000L)),
                    new Group(2, "a \"<i>b</i>\"", List.of(3_000_000L, 300_000L, 100_000L))),
                List.of(
                    new Group(
                        1, "electronics.smartphone", List.of(5_000_000L, 600_000L, 300_000L))))));
  }

  static List<CartDay> carts() {
    var days = new ArrayList<CartDay>();
    for (int i = 0; i < 31; i++) {
      var day = SampleReport.FIRST.plusDays(i);
      days.add(
          day.equals(SampleReport.MISSING)
              ? CartDay.missing(day)
              : new CartDay(
                  day,
                  30_000L,
                  15_000L,
                  12_000L,
                  3_000L,
                  0.4 + 0.01 * (i % 7),
                  new BigDecimal("3456789.1250").add(BigDecimal.valueOf(9000L * i)),
                  i < 30));
    }
    return days;
  }

  static CustomerValues customerValues(boolean converged) {
    return new CustomerValues(
        SampleReport.FIRST.plusDays(30),
        347_118,
        new BigDecimal("229957502.2700"),
        converged ? new BigDecimal("31200300.5000") : null,
        new Model(
            90,
            0.01,
            List.of(
                new Parameter("BG/NBD", "r", 0.2425945),
                new Parameter("Gamma-Gamma", "p", converged ? 6.25 : null),
                new Parameter("BG/NBD", "bgnbd_log_likelihood", -9582.429123)),
            347_118,
            95_000,
            converged,
            converged ? null : "q <= 1 & no mean"),
        converged
            ? List.of(
                new Bin(BigDecimal.ZERO, new BigDecimal("0.50"), 120_000),
                new Bin(new BigDecimal("0.50"), BigDecimal.ONE, 90_000),
                new Bin(BigDecimal.valueOf(500), BigDecimal.valueOf(1000), 100_000),
                new Bin(BigDecimal.valueOf(1000), BigDecimal.valueOf(2000), 37_118))
            : List.of(),
        List.of(
            segment("champions", 40_000, "120000000.0000", converged ? "512.3456" : null),
            segment("<at> risk", 307_118, "109957502.2700", converged ? "12.3456" : null)));
  }

  static TrendingProducts trending() {
    var products = new ArrayList<Product>();
    for (int window : new int[] {7, 28}) {
      for (int rank = 1; rank <= 10; rank++) {
        boolean isNew = rank == 2;
        products.add(
            new Product(
                window,
                rank,
                Integer.toString(1004856 + 17 * rank + window),
                9000L / rank,
                isNew ? 0 : 700L / rank,
                isNew ? null : 11.857,
                isNew));
      }
    }
    return new TrendingProducts(SampleReport.FIRST.plusDays(30), products);
  }

  private static Segment segment(String name, long customers, String revenue, String clv) {
    return new Segment(
        name,
        customers,
        customers / 347_118.0,
        new BigDecimal(revenue),
        new BigDecimal("661.2345"),
        clv == null ? null : new BigDecimal(clv));
  }
}
