package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.clv.Clv;
import org.clickmill.jobs.clv.FitCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClvTest {
  private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

  @TempDir private Path folder;

  @Test
  void snapshotWithoutCustomersHasAModelRowThatSaysSo() throws Exception {
    var local = warehouse("view,1.00,1,u1");
    var outcome = new CustomerTables(local).clv(DAY);

    assertThat(outcome.rowsRead()).isZero();
    assertThat(local.column(Partition.ofDay(Clv.DATASET, DAY), "clv")).isEmpty();
    var model = Partition.ofDay(Clv.MODEL, DAY);
    assertThat(local.column(model, "customers")).containsExactly(0L);
    assertThat(local.column(model, "converged")).containsExactly(false);
    assertThat(outcome.warnings())
        .containsExactly(
            "clv of 2024-03-01 has no model: BG/NBD: 0 repeat customers, fewer than 10;"
                + " Gamma-Gamma: 0 repeat customers, fewer than 10, have a positive value");
    assertThatThrownBy(() -> FitCheck.requireFit(local.warehouse(), DAY, local.configuration()))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith(
            "Cannot tell the value of customers on 2024-03-01: BG/NBD: 0 repeat customers")
        .extracting(e -> ((ClickmillException) e).failure())
        .isEqualTo(Failure.QUALITY);
  }

  @Test
  void modelIsNotWrittenWhereOnlyTheCustomersAreAskedFor() throws Exception {
    var local = warehouse("purchase,5.00,1,u1");
    assertThat(new CustomerTables(local).clvAlone(DAY))
        .extracting(StagedPartition::partition)
        .containsExactly(Partition.ofDay(Clv.DATASET, DAY));
  }

  @Test
  void customersWhoOnlyReturnedAreNotValued() throws Exception {
    var local = warehouse("return,5.00,1,u1", "purchase,0.00,1,u2", "purchase,7.00,-1,u3");
    new CustomerTables(local).clv(DAY);

    assertThat(local.column(Partition.ofDay("customers", DAY), "user_id"))
        .containsExactly("u1", "u2", "u3");
    assertThat(local.column(Partition.ofDay(Clv.DATASET, DAY), "user_id")).containsExactly("u2");
  }

  @Test
  void purchasesAreValuedWhereOnlyTheirWorthHasNoModel() throws Exception {
    var events = new ArrayList<String>();
    for (int user = 0; user < 12; user++) {
      events.add(DAY.minusDays(9) + "T10:00:00Z,p,purchase,5.00,1,u" + user);
      var second = DAY.minusDays(user % 7) + "T10:00:00Z,p,";
      events.add(second + "purchase,5.00,1,u" + user);
      events.add(second + "purchase,5.00,-2,u" + user);
    }
    var local = warehouseOf(events);
    var outcome = new CustomerTables(local).clv(DAY);

    assertThat(outcome.warnings())
        .containsExactly(
            "clv of 2024-03-01 has no model: Gamma-Gamma: 0 repeat customers, fewer than 10, have"
                + " a positive value");
    var model = Partition.ofDay(Clv.MODEL, DAY);
    assertThat(local.column(model, "purchase_model")).doesNotContainNull();
    assertThat(local.column(model, "spend_model")).containsOnlyNulls();
    var customers = Partition.ofDay(Clv.DATASET, DAY);
    assertThat(local.column(customers, "probability_alive")).hasSize(12).doesNotContainNull();
    assertThat(local.column(customers, "expected_purchases")).doesNotContainNull();
    assertThat(local.column(customers, "expected_value")).containsOnlyNulls();
    assertThat(local.column(customers, "clv")).containsOnlyNulls();
  }

  @Test
  void repeatCustomerWhoReturnedAllThatHeBoughtIsWorthNothing() throws Exception {
    var events = new ArrayList<String>();
    for (int user = 10; user < 30; user++) {
      events.add(DAY.minusDays(9) + "T10:00:00Z,p,purchase,5.00,1,u" + user);
      events.add(
          DAY.minusDays(user % 7) + "T10:00:00Z,p,purchase," + user * user + ".00,1,u" + user);
    }
    events.add(DAY.minusDays(9) + "T10:00:00Z,p,purchase,5.00,1,u99");
    events.add(DAY.minusDays(1) + "T10:00:00Z,p,purchase,5.00,1,u99");
    events.add(DAY.minusDays(1) + "T10:00:00Z,p,purchase,5.00,-1,u99");
    var local = warehouseOf(events);
    assertThat(new CustomerTables(local).clv(DAY).warnings()).isEmpty();

    var customers = Partition.ofDay(Clv.DATASET, DAY);
    int last = local.column(customers, "user_id").indexOf("u99");
    assertThat(local.column(customers, "expected_value").get(last)).isEqualTo(0.0);
    assertThat(local.column(customers, "clv").get(last)).isEqualTo(0.0);
    assertThat(local.column(customers, "expected_value").get(0)).isNotEqualTo(0.0);
  }

  @Test
  void holdoutLongerThanTheDataLeavesNobodyToCompare() throws Exception {
    var local = warehouse("purchase,5.00,1,u1").set("clickmill.clv.holdout-weeks", 2);
    assertThat(new CustomerTables(local).clv(DAY).warnings())
        .contains(
            "clv_calibration of 2024-03-01 is empty: nobody whom models are fitted to bought before"
                + " the hold-out");
    assertThat(local.column(Partition.ofDay(Clv.CALIBRATION, DAY), "frequency")).isEmpty();
  }

  @Test
  void customersWhoWereAcquiredBeforeAreValuedButNotFitted() throws Exception {
    var events = new ArrayList<String>();
    for (int user = 10; user < 40; user++) {
      var first = DAY.minusDays(user < 25 ? 30 : 9);
      events.add(first + "T10:00:00Z,p,purchase,5.00,1,u" + user);
      events.add(DAY.minusDays(user % 7) + "T10:00:00Z,p,purchase," + user + ".00,1,u" + user);
    }
    var local = warehouseOf(events).set("clickmill.clv.acquired-since", "2024-02-21");
    assertThat(new CustomerTables(local).clv(DAY).warnings()).isEmpty();

    var model = Partition.ofDay(Clv.MODEL, DAY);
    assertThat(local.column(model, "customers")).containsExactly(15L);
    assertThat(local.column(model, "repeat_customers")).containsExactly(15L);
    assertThat(local.column(model, "cohort")).containsOnlyNulls();
    assertThat(local.column(Partition.ofDay(Clv.DATASET, DAY), "clv"))
        .hasSize(30)
        .doesNotContainNull();
  }

  @Test
  void customersOfACohortWithoutModelAreValuedAsAllAre() throws Exception {
    var events = new ArrayList<String>();
    for (int user = 10; user < 40; user++) {
      var first = DAY.minusDays(user < 35 ? 30 : 9);
      events.add(first + "T10:00:00Z,p,purchase,5.00,1,u" + user);
      for (int repeat = 0; repeat < 1 + user % 4; repeat++) {
        var day = DAY.minusDays((3 * user + 2 * repeat) % 8);
        events.add(day + "T10:00:00Z,p,purchase," + user + ".00,1,u" + user);
      }
    }
    var local = warehouseOf(events);
    var tables = new CustomerTables(local);
    tables.clv(DAY);
    var customers = Partition.ofDay(Clv.DATASET, DAY);
    var together = local.column(customers, "clv");
    local.set("clickmill.clv.fit-by", "month");
    assertThat(tables.clv(DAY).warnings()).isEmpty();

    var model = Partition.ofDay(Clv.MODEL, DAY);
    assertThat(local.column(model, "customers")).containsExactly(30L, 25L, 5L);
    assertThat(local.column(model, "converged")).containsExactly(true, true, false);
    assertThat(local.column(model, "reason"))
        .element(2)
        .asString()
        .startsWith("BG/NBD: 5 repeat customers, fewer than 10; Gamma-Gamma: 5 repeat customers");
    assertThat(local.column(customers, "user_id").subList(25, 30)).contains("u35", "u39");
    assertThat(local.column(customers, "clv").subList(25, 30)).isEqualTo(together.subList(25, 30));
    assertThat(local.column(customers, "clv").subList(0, 25)).isNotEqualTo(together.subList(0, 25));
  }

  /** The events of one day, up to the snapshot of its customers. */
  private LocalWarehouse warehouse(String... events) throws Exception {
    return warehouseOf(Stream.of(events).map(event -> DAY + "T10:00:00Z,p," + event).toList());
  }

  private LocalWarehouse warehouseOf(List<String> events) throws Exception {
    var lines = new ArrayList<>(List.of("event_time,product_id,event_type,price,quantity,user_id"));
    lines.addAll(events);
    var input = folder.resolve("events.csv");
    Files.write(input, lines);
    var local = new LocalWarehouse(folder);
    local.importFiles(input, "clickmill");
    local.compact();
    var tables = new CustomerTables(local);
    tables.days();
    tables.snapshots(DAY);
    return local;
  }
}
