"""Clickmill on Airflow 2 (from 2.9) and 3: the commands of the Oozie workflows, in the same order.

Copy this file into the folder of the DAGs. Workers need `clickmill` on the PATH, and in their
environment WAREHOUSE, TOPICS, MAPPING, KAFKA_PROPERTIES (a file on the worker) and LOAD_FROM.

The day of a run is the one in which its data interval starts: Airflow starts the run when that day is
over. The timetable says so itself, since "@daily" means an interval of a day to Airflow 2, and a point
in time to Airflow 3, where `ds` would be the day that has just begun. Days and hours are UTC.

Airflow retries whatever the exit code. The codes 2 (wrong usage) and 4 (quality gate) come again
within seconds, and nothing is published.
"""

from datetime import datetime, timedelta, timezone

from airflow.timetables.interval import CronDataIntervalTimetable

try:  # Airflow 3
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG
try:  # Airflow 3, and Airflow 2 with the provider "standard"
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.providers.standard.sensors.bash import BashSensor
    from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
except ImportError:  # Airflow 2
    from airflow.operators.bash import BashOperator
    from airflow.sensors.bash import BashSensor
    from airflow.sensors.external_task import ExternalTaskSensor

START = datetime(2019, 10, 1, tzinfo=timezone.utc)
DAYS = CronDataIntervalTimetable("0 0 * * *", timezone="UTC")
PARAMS = {"first_day": "2019-10-01"}
RETRIES = {"retries": 2, "retry_delay": timedelta(minutes=5)}

DAY = "{{ data_interval_start | ds }}"


def days_before(days):
    """The day so many days earlier, but not before the first."""
    return "{{ [macros.ds_add(data_interval_start | ds, -%d), params.first_day] | max }}" % days


def step(task_id, command, **options):
    """A command of Clickmill."""
    return BashOperator(task_id=task_id, bash_command="clickmill " + command, **options)


def step_of_day(task_id, **options):
    """A command of the task's name that makes a table of the day."""
    return step(task_id, task_id + " --warehouse=$WAREHOUSE --day=" + DAY, **options)


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
    schedule=DAYS,
    catchup=True,
    # Days in their order: a day's tables need those of the days before.
    max_active_runs=1,
    params=PARAMS,
    default_args={"depends_on_past": True, **RETRIES},
) as daily_dag:
    # Exit code 3 is "not yet": the sensor asks again, and keeps no worker in between.
    hours = BashSensor(
        task_id="hours",
        bash_command="clickmill status --warehouse=$WAREHOUSE --wait --day=" + DAY + " --timeout=5m",
        retry_exit_code=3,
        mode="reschedule",
        poke_interval=300,
        timeout=timedelta(days=30).total_seconds(),
    )
    compact = step_of_day("compact")
    analyze = step_of_day("analyze")
    top_products = step_of_day("top-products")
    trending = step_of_day("trending")
    sales_trend = step_of_day("sales-trend")
    funnel = step_of_day("funnel")
    customers = step_of_day("customers")
    clv = step_of_day("clv")
    interactions = step_of_day("interactions")
    # Tries once more what a step above has left undone, and fails if it must.
    complete = step(
        "complete", "pipeline --warehouse=$WAREHOUSE --day=" + DAY, trigger_rule="all_done"
    )
    report = step(
        "report",
        "report --warehouse=$WAREHOUSE --from="
        + days_before(27)
        + " --to="
        + DAY
        + " --output=$WAREHOUSE/_reports/"
        + DAY
        + ".html",
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
    schedule=DAYS,
    catchup=False,
    max_active_runs=1,
    params=PARAMS,
    default_args=RETRIES,
) as restate_dag:
    # The run of the same day: both have the same timetable.
    made = ExternalTaskSensor(
        task_id="daily",
        external_dag_id="clickmill_daily",
        mode="reschedule",
        poke_interval=300,
        timeout=timedelta(days=2).total_seconds(),
    )
    fold_late = step("fold-late", "load --warehouse=$WAREHOUSE --fold-late")
    pipeline = step(
        "pipeline", "pipeline --warehouse=$WAREHOUSE --from=" + days_before(29) + " --to=" + DAY
    )
    made >> fold_late >> pipeline
