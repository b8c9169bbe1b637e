package org.clickmill.jobs.metrics;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.apache.datasketches.hash.MurmurHash3;
import org.apache.datasketches.thetacommon.ThetaUtil;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.expression.NumberEvaluator;
import org.clickmill.jobs.expression.NumberVector;
import org.clickmill.jobs.expression.RowValues;
import org.clickmill.jobs.expression.TextEvaluator;
import org.clickmill.jobs.expression.TextVector;
import org.clickmill.jobs.expression.TypedExpression;
import org.clickmill.jobs.expression.ValueType;
import org.clickmill.jobs.groupby.DistinctMeasure.Hashes;
import org.clickmill.jobs.groupby.DoubleOrder;
import org.clickmill.jobs.groupby.SketchMeasure;

/** The values of an expression for the rows at hand, and what measures make of them. */
final class MetricArgument {
  private static final Hasher128 HASHER = Hashing.murmur3_128();

  private final ValueType type;
  private final NumberEvaluator numbers;
  private final TextEvaluator texts;
  private NumberVector numberValues;
  private TextVector textValues;
  private int size;

  // What is made when a batch is first asked for it.
  private boolean hasOrdered;
  private boolean hasHashes;
  private boolean hasSketchHashes;
  private Hashes hashes = new Hashes(new long[0], new long[0]);
  private long[] sketchHashes = new long[0];
  private long[] ordered = new long[0];

  MetricArgument(TypedExpression typed) {
    type = typed.type();
    boolean isText = type == ValueType.STRING;
    numbers = isText ? null : NumberEvaluator.of(typed);
    texts = isText ? TextEvaluator.of(typed) : null;
  }

  void evaluate(RowValues rows) {
    size = rows.size();
    hasOrdered = false;
    hasHashes = false;
    hasSketchHashes = false;
    if (texts == null) {
      numberValues = numbers.evaluate(rows);
    } else {
      textValues = texts.evaluate(rows);
    }
  }

  NumberVector numbers() {
    return numberValues;
  }

  TextVector texts() {
    return textValues;
  }

  /** Sets a flag of the rows that have a value. */
  void flag(int[] flags, int bit) {
    if (texts != null) {
      var ids = textValues.ids();
      for (int row = 0; row < size; row++) {
        flags[row] |= ids[row] == StringColumn.NULL ? 0 : bit;
      }
      return;
    }
    var nulls = numberValues.nulls();
    for (int row = 0; row < size; row++) {
      flags[row] |= nulls[row] ? 0 : bit;
    }
  }

  /** Sets a flag of the rows of which it is true. */
  void flagTrue(int[] flags, int bit) {
    var values = numberValues.values();
    var nulls = numberValues.nulls();
    for (int row = 0; row < size; row++) {
      flags[row] |= values[row] == 1 && !nulls[row] ? bit : 0;
    }
  }

  /** Numbers whose order is that of the values; not of texts. */
  long[] ordered() {
    var values = numberValues.values();
    if (type != ValueType.DOUBLE) {
      return values;
    }
    if (!hasOrdered) {
      hasOrdered = true;
      ordered = ordered.length < size ? new long[size] : ordered;
      for (int row = 0; row < size; row++) {
        ordered[row] = DoubleOrder.of(values[row]);
      }
    }
    return ordered;
  }

  /** A hash of each value, without meaning where there is none. */
  Hashes hashes() {
    if (!hasHashes) {
      hasHashes = true;
      if (hashes.highs().length < size) {
        hashes = new Hashes(new long[size], new long[size]);
      }
      if (texts == null) {
        hashNumbers();
      } else {
        hashTexts();
      }
    }
    return hashes;
  }

  /** The number itself is half of the hash, so that no two numbers have the same. */
  private void hashNumbers() {
    var values = numberValues.values();
    for (int row = 0; row < size; row++) {
      // Zeros of either sign are one value.
      long value = type == ValueType.DOUBLE && values[row] == Long.MIN_VALUE ? 0 : values[row];
      hashes.highs()[row] = mixed(value);
      hashes.lows()[row] = value;
    }
  }

  /** The last steps of MurmurHash3. */
  private static long mixed(long value) {
    long hash = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private void hashTexts() {
    var dictionary = textValues.dictionary();
    var known = new boolean[dictionary.dictionarySize()];
    var highs = new long[known.length];
    var lows = new long[known.length];
    var ids = textValues.ids();
    for (int row = 0; row < size; row++) {
      int id = ids[row];
      if (id == StringColumn.NULL) {
        continue;
      }
      if (!known[id]) {
        known[id] = true;
        var hash =
            HASHER.hashBytesTo128Bits(
                dictionary.bytes(), dictionary.offset(id), dictionary.length(id));
        highs[id] = hash.getMostSignificantBits();
        lows[id] = hash.getLeastSignificantBits();
      }
      hashes.highs()[row] = highs[id];
      hashes.lows()[row] = lows[id];
    }
  }

  /** The hash of each value as theta sketches take it, that of no value where there is none. */
  long[] sketchHashes() {
    if (!hasSketchHashes) {
      hasSketchHashes = true;
      sketchHashes = sketchHashes.length < size ? new long[size] : sketchHashes;
      if (texts == null) {
        sketchNumbers();
      } else {
        sketchTexts();
      }
    }
    return sketchHashes;
  }

  private void sketchNumbers() {
    var values = numberValues.values();
    var nulls = numberValues.nulls();
    var one = new long[1];
    for (int row = 0; row < size; row++) {
      one[0] = values[row];
      sketchHashes[row] =
          nulls[row]
              ? SketchMeasure.NONE
              : MurmurHash3.hash(one, ThetaUtil.DEFAULT_UPDATE_SEED)[0] >>> 1;
    }
  }

  private void sketchTexts() {
    var dictionary = textValues.dictionary();
    var hashOf = new long[dictionary.dictionarySize()];
    Arrays.fill(hashOf, SketchMeasure.NONE);
    var ids = textValues.ids();
    for (int row = 0; row < size; row++) {
      int id = ids[row];
      if (id == StringColumn.NULL || dictionary.length(id) == 0) {
        sketchHashes[row] = SketchMeasure.NONE;
        continue;
      }
      if (hashOf[id] == SketchMeasure.NONE) {
        hashOf[id] =
            MurmurHash3.hash(
                    dictionary.bytes(),
                    dictionary.offset(id),
                    dictionary.length(id),
                    ThetaUtil.DEFAULT_UPDATE_SEED)[0]
                >>> 1;
      }
      sketchHashes[row] = hashOf[id];
    }
  }
}
