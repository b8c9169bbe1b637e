package org.clickmill.jobs.clv;

import java.util.List;
import org.hipparchus.util.FastMath;

/**
 * Fits {@link BgNbd} to customers by maximum likelihood, or the model that stands on the border of
 * its parameters where the likelihood has its maximum there.
 */
final class BgNbdFit {
  private static final List<String> NAMES = List.of("r", "alpha", "a", "b");

  /** Logarithms of r, of alpha as a part of the mean age, of a and of b. */
  private static final List<double[]> STARTS =
      List.of(
          logarithms(0.3, 0.2, 0.8, 2.5),
          logarithms(1, 1, 1, 1),
          logarithms(2, 0.5, 0.3, 6),
          logarithms(0.1, 0.05, 3, 3));

  private final long minimumRepeatCustomers;
  private final List<double[]> starts;

  /** Below the minimum of customers with x &gt; 0 nothing is fitted. */
  BgNbdFit(long minimumRepeatCustomers) {
    this(minimumRepeatCustomers, STARTS);
  }

  BgNbdFit(long minimumRepeatCustomers, List<double[]> starts) {
    this.minimumRepeatCustomers = minimumRepeatCustomers;
    this.starts = starts;
  }

  Fit<PurchaseModel> fit(SummaryCounts counts) {
    if (counts.repeatCustomers() < FastMath.max(1, minimumRepeatCustomers)) {
      return Fit.none(tooFew(counts.repeatCustomers(), minimumRepeatCustomers));
    }
    // A repeat customer has T > 0, so the mean age is the natural unit of time.
    double unit = counts.meanAge();
    double customers = counts.customers();
    var maximizer =
        new Maximizer(NAMES, point -> model(point, unit).logLikelihood(counts) / customers);
    var problem = maximizer.search(starts);
    if (problem != null) {
      double found = maximizer.bestValue() * customers;
      return limit(counts, found, problem);
    }
    var model = model(maximizer.best(), unit);
    return Fit.of(
        model,
        model.logLikelihood(counts),
        maximizer.uncertainty(point -> model(point, unit), customers));
  }

  private static Fit<PurchaseModel> limit(SummaryCounts counts, double found, String problem) {
    Fit<PurchaseModel> limit =
        SimplerModel.choose(
            new LimitsOfBgNbd(counts).simplestFirst(),
            model -> model.logLikelihood(counts),
            counts.customers(),
            found);
    return limit == null ? Fit.none(problem + ", and no simpler model is as likely") : limit;
  }

  static String tooFew(long customers, long minimum) {
    return customers + " repeat customers, fewer than " + FastMath.max(1, minimum);
  }

  private static BgNbd model(double[] point, double unit) {
    return new BgNbd(
        FastMath.exp(point[0]),
        FastMath.exp(point[1]) * unit,
        FastMath.exp(point[2]),
        FastMath.exp(point[3]));
  }

  static double[] logarithms(double... parameters) {
    var logarithms = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      logarithms[i] = FastMath.log(parameters[i]);
    }
    return logarithms;
  }
}
