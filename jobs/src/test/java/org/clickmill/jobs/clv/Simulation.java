package org.clickmill.jobs.clv;

import java.util.Random;
import java.util.TreeMap;

/** Customers drawn from the models. */
final class Simulation {
  private Simulation() {}

  /** Customers of random ages up to two years, as the model tells their story, in whole days. */
  static SummaryCounts histories(BgNbd model, int customers, Random random) {
    var rows = new TreeMap<Long, Long>();
    for (int i = 0; i < customers; i++) {
      int age = 200 + random.nextInt(530);
      double rate = gamma(model.r(), random) / model.alpha();
      double first = gamma(model.a(), random);
      double leaves = first / (first + gamma(model.b(), random));
      int x = 0;
      int last = 0;
      double time = 0;
      while (true) {
        time += -Math.log(1 - random.nextDouble()) / rate;
        if (time > age) {
          break;
        }
        int day = (int) Math.ceil(time);
        x += day > last ? 1 : 0;
        last = day;
        if (random.nextDouble() < leaves) {
          break;
        }
      }
      rows.merge(((long) x << 40) | ((long) last << 20) | age, 1L, Long::sum);
    }
    var counts = new SummaryCounts();
    rows.forEach(
        (row, count) ->
            counts.add(
                (int) (row >> 40), (int) (row >> 20) & 0xfffff, (int) (row & 0xfffff), count));
    return counts;
  }

  /** A draw from Gamma(shape, 1), by Marsaglia and Tsang's method. */
  static double gamma(double shape, Random random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double v = Math.pow(1 + c * normal, 3);
      if (v > 0
          && Math.log(random.nextDouble()) < normal * normal / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
