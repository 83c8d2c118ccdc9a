"""Every linear measure of a file of ties with netmap: file in, table out.

    python netmap_script.py ties.csv table.csv [--exact | --pivots 1024]
"""

from __future__ import annotations

import argparse
import json

import netmap

parser = argparse.ArgumentParser()
parser.add_argument("ties")
parser.add_argument("table")
parser.add_argument("--exact", action="store_true")
parser.add_argument("--pivots", type=int)
asked = parser.parse_args()

view = netmap.View.from_csv(asked.ties, "source", "target", "strength")
found = netmap.node_table(view, paths="exact" if asked.exact else asked.pivots)
found.to_csv(asked.table)
print(json.dumps({name: found.numbers[name] for name in ("assortativity", "bridges", "communities", "modularity")}))
