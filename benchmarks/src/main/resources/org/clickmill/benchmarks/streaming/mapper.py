"""Counts views by day and product, in memory, and writes the counts when its input ends."""
import json
import sys
from collections import Counter

views = Counter()
for line in sys.stdin:
    event = json.loads(line)
    if event["event_type"] == "view" and event["product_id"] is not None:
        views[event["event_time"][:10], event["product_id"]] += 1

for (day, product), count in views.items():
    print(day, product, count, sep="\t")
