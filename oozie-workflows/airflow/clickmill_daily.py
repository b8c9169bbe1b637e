"""Clickmill on Airflow: the commands of the Oozie workflows, with the same order and dependencies.

Copy this file into the folder of the DAGs. Workers need `clickmill` on the PATH, and in their
environment WAREHOUSE, TOPICS, MAPPING, KAFKA_PROPERTIES (a file on the worker) and LOAD_FROM.
A run's `ds` is its day: Airflow starts it when the day is over. Days and hours are UTC.

Airflow retries whatever the exit code. The codes 2 (wrong usage) and 4 (quality gate) come again
within seconds, and nothing is published.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.sensors.bash import BashSensor
from airflow.sensors.external_task import ExternalTaskSensor

START = datetime(2019, 10, 1)
PARAMS = {"first_day": "2019-10-01"}
RETRIES = {"retries": 2, "retry_delay": timedelta(minutes=5)}


def step(task_id, command, **options):
    """A command of Clickmill."""
    return BashOperator(task_id=task_id, bash_command="clickmill " + command, **options)


with DAG(
    "clickmill_load",
    start_date=START,
    schedule=timedelta(minutes=10),
    # One load takes everything, also what came while Airflow was down.
    catchup=False,
    max_active_runs=1,
) as load_dag:
    # No retries: the next run is one.
    step(
        "load",
        "load --warehouse=$WAREHOUSE --client-properties=$KAFKA_PROPERTIES --topic=$TOPICS --mapping=$MAPPING --start=$LOAD_FROM",
    )

with DAG(
    "clickmill_daily",
    start_date=START,
    schedule="@daily",
    catchup=True,
    # Days in their order: a day's tables need those of the days before.
    max_active_runs=1,
    params=PARAMS,
    default_args={"depends_on_past": True, **RETRIES},
) as daily_dag:
    # Exit code 3 is "not yet": the sensor asks again, and keeps no worker in between.
    hours = BashSensor(
        task_id="hours",
        bash_command="clickmill status --warehouse=$WAREHOUSE --wait --day={{ ds }} --timeout=5m",
        retry_exit_code=3,
        mode="reschedule",
        poke_interval=300,
        timeout=timedelta(days=30).total_seconds(),
    )
    compact = step("compact", "compact --warehouse=$WAREHOUSE --day={{ ds }}")
    analyze = step("analyze", "analyze --warehouse=$WAREHOUSE --day={{ ds }}")
    top_products = step("top-products", "top-products --warehouse=$WAREHOUSE --day={{ ds }}")
    trending = step("trending", "trending --warehouse=$WAREHOUSE --day={{ ds }}")
    sales_trend = step("sales-trend", "sales-trend --warehouse=$WAREHOUSE --day={{ ds }}")
    funnel = step("funnel", "funnel --warehouse=$WAREHOUSE --day={{ ds }}")
    customers = step("customers", "customers --warehouse=$WAREHOUSE --day={{ ds }}")
    clv = step("clv", "clv --warehouse=$WAREHOUSE --day={{ ds }}")
    interactions = step("interactions", "interactions --warehouse=$WAREHOUSE --day={{ ds }}")
    # Tries once more what a step above has left undone, and fails if it must.
    complete = step(
        "complete", "pipeline --warehouse=$WAREHOUSE --day={{ ds }}", trigger_rule="all_done"
    )
    report = step(
        "report",
        "report --warehouse=$WAREHOUSE --from={{ [macros.ds_add(ds, -27), params.first_day] | max }} --to={{ ds }} --output=$WAREHOUSE/_reports/{{ ds }}.html",
    )
    hours >> compact >> analyze
    analyze >> top_products >> trending >> complete
    analyze >> sales_trend >> complete
    analyze >> funnel >> complete
    analyze >> customers >> clv >> complete
    analyze >> interactions >> complete
    complete >> report

with DAG(
    "clickmill_restate",
    start_date=START,
    schedule="@daily",
    catchup=False,
    max_active_runs=1,
    params=PARAMS,
    default_args=RETRIES,
) as restate_dag:
    made = ExternalTaskSensor(
        task_id="daily",
        external_dag_id="clickmill_daily",
        mode="reschedule",
        poke_interval=300,
        timeout=timedelta(days=2).total_seconds(),
    )
    fold_late = step("fold-late", "load --warehouse=$WAREHOUSE --fold-late")
    pipeline = step(
        "pipeline",
        "pipeline --warehouse=$WAREHOUSE --from={{ [macros.ds_add(ds, -29), params.first_day] | max }} --to={{ ds }}",
    )
    made >> fold_late >> pipeline
