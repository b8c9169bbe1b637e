"""Prints what Airflow would run of a file of DAGs: render_dags.py 2|3 FILE DUE

Airflow itself is not needed. In its place stand classes that take the arguments which the DAGs may
give, under the names that Airflow 2 or Airflow 3 has for them and no others, and that know what the
data interval of a run is which is due at a time (as 2019-10-02): here the two differ. A line has the
DAG, the task, the tasks before it, its trigger rule and its command line, divided by tabs.
"""

import re
import runpy
import sys
import types
from datetime import datetime, timedelta, timezone

ONE_DAY = timedelta(days=1)
DAILY = ("@daily", "0 0 * * *")

version, file, due = sys.argv[1], sys.argv[2], sys.argv[3]
due = datetime.fromisoformat(due).replace(tzinfo=timezone.utc)
dags = []


class CronDataIntervalTimetable:
    def __init__(self, cron, timezone):
        assert cron in DAILY and timezone == "UTC", (cron, timezone)


class DAG:
    def __init__(
        self,
        dag_id,
        *,
        start_date,
        schedule,
        catchup,
        max_active_runs,
        params=None,
        default_args=None,
    ):
        assert start_date.tzinfo is not None, "a start without a time zone is in Airflow's own"
        self.dag_id, self.schedule, self.params, self.tasks = dag_id, schedule, params or {}, []

    def __enter__(self):
        dags.append(self)
        return self

    def __exit__(self, *failure):
        return False

    def interval_start(self):
        """A schedule that is no timetable is a point in time to Airflow 3."""
        if isinstance(self.schedule, CronDataIntervalTimetable):
            return due - ONE_DAY
        length = ONE_DAY if self.schedule in DAILY else self.schedule
        return due - length if version == "2" else due


class Task:
    taken = {"retries", "retry_delay", "depends_on_past", "trigger_rule"}

    def __init__(self, task_id, bash_command="", **options):
        unknown = set(options) - self.taken
        assert not unknown, unknown
        self.task_id, self.command, self.options, self.before = task_id, bash_command, options, []
        dags[-1].tasks.append(self)

    def __rshift__(self, other):
        other.before.append(self.task_id)
        return other


class BashOperator(Task):
    pass


class BashSensor(Task):
    taken = Task.taken | {"retry_exit_code", "mode", "poke_interval", "timeout"}


class ExternalTaskSensor(Task):
    taken = Task.taken | {"external_dag_id", "mode", "poke_interval", "timeout"}


def module(name, **content):
    """Makes a module and the packages around it, so that whatever else is asked of them is missing."""
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        path = ".".join(parts[:end])
        if path not in sys.modules:
            sys.modules[path] = types.ModuleType(path)
            sys.modules[path].__path__ = []
    sys.modules[name].__dict__.update(content)


def day(instant):
    return instant.strftime("%Y-%m-%d")


def ds_add(text, days):
    return day(datetime.strptime(text, "%Y-%m-%d") + timedelta(days=days))


class Filter:
    """A function that Python's own `|` applies as Jinja's does."""

    def __init__(self, function):
        self.function = function

    def __ror__(self, value):
        return self.function(value)


def render(text, context):
    try:
        import jinja2
    except ImportError:
        filters = {"ds": Filter(day), "max": Filter(max)}
        return re.sub(
            r"\{\{(.*?)\}\}", lambda found: eval(found[1].strip(), {**context, **filters}), text
        )
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.filters["ds"] = day
    return environment.from_string(text).render(context)


module("airflow.timetables.interval", CronDataIntervalTimetable=CronDataIntervalTimetable)
if version == "2":
    module("airflow", DAG=DAG)
    module("airflow.operators.bash", BashOperator=BashOperator)
    module("airflow.sensors.bash", BashSensor=BashSensor)
    module("airflow.sensors.external_task", ExternalTaskSensor=ExternalTaskSensor)
else:
    module("airflow.sdk", DAG=DAG)
    module("airflow.providers.standard.operators.bash", BashOperator=BashOperator)
    module("airflow.providers.standard.sensors.bash", BashSensor=BashSensor)
    module("airflow.providers.standard.sensors.external_task", ExternalTaskSensor=ExternalTaskSensor)
runpy.run_path(file)
for dag in dags:
    start = dag.interval_start()
    context = {
        "data_interval_start": start,
        "logical_date": start,
        "ds": day(start),
        "params": types.SimpleNamespace(**dag.params),
        "macros": types.SimpleNamespace(ds_add=ds_add),
    }
    for task in dag.tasks:
        rule = task.options.get("trigger_rule", "all_success")
        command = render(task.command, context)
        print(dag.dag_id, task.task_id, ",".join(task.before), rule, command, sep="\t")
