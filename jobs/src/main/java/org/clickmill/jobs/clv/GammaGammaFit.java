package org.clickmill.jobs.clv;

import java.util.List;
import java.util.Locale;
import org.hipparchus.util.FastMath;

/**
 * Fits {@link GammaGamma} to the average values of repeat customers by maximum likelihood, or the
 * model that stands on the border of its parameters where the likelihood has its maximum there.
 */
final class GammaGammaFit {
  private static final List<String> NAMES = List.of("p", "q", "v");

  /** Logarithms of p, of q and of v as a part of the typical value. */
  private static final List<double[]> STARTS =
      List.of(
          BgNbdFit.logarithms(6, 4, 0.5),
          BgNbdFit.logarithms(1, 2, 1),
          BgNbdFit.logarithms(0.5, 10, 20),
          BgNbdFit.logarithms(20, 3, 0.1));

  private final long minimumRepeatCustomers;
  private final List<double[]> starts;

  /** Below the minimum of customers with x &gt; 0 and m &gt; 0 nothing is fitted. */
  GammaGammaFit(long minimumRepeatCustomers) {
    this(minimumRepeatCustomers, STARTS);
  }

  GammaGammaFit(long minimumRepeatCustomers, List<double[]> starts) {
    this.minimumRepeatCustomers = minimumRepeatCustomers;
    this.starts = starts;
  }

  Fit<SpendModel> fit(ValueCounts counts) {
    if (counts.customers() < FastMath.max(1, minimumRepeatCustomers)) {
      return Fit.none(
          BgNbdFit.tooFew(counts.customers(), minimumRepeatCustomers) + ", have a positive value");
    }
    if (counts.allTheSame()) {
      var constant = new ConstantSpend(counts.typicalValue());
      return Fit.of(constant, constant.logLikelihood(counts), null);
    }
    double unit = counts.typicalValue();
    double customers = counts.customers();
    var maximizer =
        new Maximizer(NAMES, point -> model(point, unit).logLikelihood(counts) / customers);
    var problem = maximizer.search(starts);
    if (problem != null) {
      double found = maximizer.bestValue() * customers;
      Fit<SpendModel> limit =
          SimplerModel.choose(limits(unit), model -> model.logLikelihood(counts), customers, found);
      return limit == null
          ? Fit.none(problem + ", and no simpler model is as likely")
          : withMean(limit);
    }
    var model = model(maximizer.best(), unit);
    return withMean(
        Fit.of(
            model,
            model.logLikelihood(counts),
            maximizer.uncertainty(point -> model(point, unit), customers)));
  }

  private static Fit<SpendModel> withMean(Fit<SpendModel> fit) {
    return fit.model().hasMean()
        ? fit
        : Fit.none(
            String.format(
                Locale.ROOT, "q = %.4f is not above 1: values have no mean", fit.model().q()));
  }

  /** The models that Gamma-Gamma becomes on the border of its parameters. */
  private static List<SimplerModel<? extends SpendModel>> limits(double unit) {
    return List.of(
        new SimplerModel<>(
            List.of("p", "mean"),
            List.of(BgNbdFit.logarithms(1, 1), BgNbdFit.logarithms(6, 1)),
            point -> new GammaSpend(FastMath.exp(point[0]), FastMath.exp(point[1]) * unit)),
        new SimplerModel<>(
            List.of("q", "w"),
            List.of(BgNbdFit.logarithms(3, 3), BgNbdFit.logarithms(1, 1)),
            point -> new InverseGammaSpend(FastMath.exp(point[0]), FastMath.exp(point[1]) * unit)));
  }

  private static GammaGamma model(double[] point, double unit) {
    return new GammaGamma(
        FastMath.exp(point[0]), FastMath.exp(point[1]), FastMath.exp(point[2]) * unit);
  }
}
