package org.clickmill.jobs.clv;

import static org.clickmill.jobs.clv.BgNbdFit.logarithms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.clickmill.jobs.clv.Dropout.BernoulliDropout;
import org.clickmill.jobs.clv.Dropout.BetaDropout;
import org.clickmill.jobs.clv.Dropout.FixedDropout;
import org.clickmill.jobs.clv.Dropout.NoDropout;
import org.clickmill.jobs.clv.Rate.FixedRate;
import org.clickmill.jobs.clv.Rate.GammaRate;
import org.hipparchus.util.FastMath;

/**
 * The models that BG/NBD becomes on the border of its parameters, simplest first: each of the
 * limits of the rate with each of the limits of the dropout. Other borders (a rate that grows
 * without limit or falls to 0, α without r) explain no customer with a repeat purchase, and are
 * left out.
 */
final class LimitsOfBgNbd {
  private final SummaryCounts counts;

  LimitsOfBgNbd(SummaryCounts counts) {
    this.counts = counts;
  }

  List<SimplerModel<? extends PurchaseModel>> simplestFirst() {
    var none = new SimplerModel<Dropout>(List.of(), List.of(), point -> new NoDropout());
    var once = new SimplerModel<Dropout>(List.of(), List.of(), point -> new FixedDropout(1));
    var fixed =
        new SimplerModel<Dropout>(
            List.of("dropout"),
            List.of(logarithms(0.05), logarithms(0.5)),
            point -> new FixedDropout(SimplerModel.fraction(point[0])));
    var bernoulli =
        new SimplerModel<Dropout>(
            List.of("dropout"),
            List.of(logarithms(0.05), logarithms(0.5)),
            point -> new BernoulliDropout(SimplerModel.fraction(point[0])));
    var beta =
        new SimplerModel<Dropout>(
            List.of("a", "b"),
            List.of(logarithms(0.8, 2.5), logarithms(1, 1)),
            point -> new BetaDropout(FastMath.exp(point[0]), FastMath.exp(point[1])));
    var poisson = fixedRate();
    var nbd = gammaRate();
    return List.of(
        of(poisson, none),
        of(poisson, once),
        of(poisson, fixed),
        of(poisson, bernoulli),
        of(nbd, none),
        of(nbd, once),
        of(poisson, beta),
        of(nbd, fixed),
        of(nbd, bernoulli));
  }

  /** The rate in parts of the purchases per day of all customers. */
  private SimplerModel<Rate> fixedRate() {
    double unit = counts.meanRepeats() / counts.meanAge();
    return new SimplerModel<>(
        List.of("rate"),
        List.of(logarithms(1), logarithms(3)),
        point -> new FixedRate(FastMath.exp(point[0]) * unit));
  }

  private SimplerModel<Rate> gammaRate() {
    double unit = counts.meanAge();
    return new SimplerModel<>(
        List.of("r", "alpha"),
        List.of(logarithms(0.3, 0.2), logarithms(2, 2)),
        point -> new GammaRate(FastMath.exp(point[0]), FastMath.exp(point[1]) * unit));
  }

  private static SimplerModel<LimitOfBgNbd> of(
      SimplerModel<Rate> rate, SimplerModel<Dropout> dropout) {
    int rates = rate.names().size();
    var names = new ArrayList<>(rate.names());
    names.addAll(dropout.names());
    var starts = new ArrayList<double[]>();
    for (int i = 0; i < rate.starts().size(); i++) {
      starts.add(
          dropout.starts().isEmpty()
              ? rate.starts().get(i)
              : join(rate.starts().get(i), dropout.starts().get(i)));
    }
    Function<double[], LimitOfBgNbd> model =
        point ->
            new LimitOfBgNbd(
                rate.model().apply(Arrays.copyOf(point, rates)),
                dropout.model().apply(Arrays.copyOfRange(point, rates, point.length)));
    return new SimplerModel<>(List.copyOf(names), List.copyOf(starts), model);
  }

  private static double[] join(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
