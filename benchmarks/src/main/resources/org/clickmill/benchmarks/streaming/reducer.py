"""Adds up the counts of each day and product, which come sorted; ranks the products of each day."""
import sys
from itertools import groupby


def counts():
    for line in sys.stdin:
        day, product, count = line.rstrip("\n").split("\t")
        yield day, product, int(count)


for day, of_day in groupby(counts(), lambda row: row[0]):
    views = {
        product: sum(count for _, _, count in rows)
        for product, rows in groupby(of_day, lambda row: row[1])
    }
    for product, count in views.items():
        print("view_counts", day, "", product, count, "", sep="\t")
    total = sum(views.values())
    top = sorted(views.items(), key=lambda item: (-item[1], item[0]))[:100]
    for rank, (product, count) in enumerate(top, start=1):
        print("top_products", day, rank, product, count, count / total, sep="\t")
