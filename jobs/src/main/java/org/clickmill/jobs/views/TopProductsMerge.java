package org.clickmill.jobs.views;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Ranks the best products of all partials of a day. */
final class TopProductsMerge implements Merge {
  private static final int RANK = TopProducts.SCHEMA.ordinal("rank");
  private static final int PRODUCT_ID = TopProducts.SCHEMA.ordinal("product_id");
  private static final int BRAND = TopProducts.SCHEMA.ordinal("brand");
  private static final int CATEGORY_CODE = TopProducts.SCHEMA.ordinal("category_code");
  private static final int VIEWS = TopProducts.SCHEMA.ordinal("views");
  private static final int VISITORS = TopProducts.SCHEMA.ordinal("visitors");
  private static final int SHARE = TopProducts.SCHEMA.ordinal("share");

  private final int limit;

  TopProductsMerge(int limit) {
    this.limit = limit;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    long totalViews = 0;
    var products = new ArrayList<RankedProduct>();
    while (partials.next()) {
      var partial = partials.value();
      totalViews = Math.addExact(totalViews, partial.readUnsigned());
      for (long left = partial.readUnsigned(); left > 0; left--) {
        products.add(RankedProduct.read(partial));
      }
    }
    Collections.sort(products);
    for (int i = 0; i < Math.min(limit, products.size()); i++) {
      var product = products.get(i);
      var row = output.row();
      row.setLong(RANK, i + 1L);
      row.setText(PRODUCT_ID, product.productId(), 0, product.productId().length);
      row.setText(BRAND, product.brand());
      row.setText(CATEGORY_CODE, product.categoryCode());
      row.setLong(VIEWS, product.views());
      if (product.visitors() != RankedProduct.NOT_COUNTED) {
        row.setLong(VISITORS, product.visitors());
      }
      row.setDouble(SHARE, (double) product.views() / totalViews);
      output.write();
    }
  }
}
