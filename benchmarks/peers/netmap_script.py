"""Every linear measure of a file of ties with netmap: file in, table out.

    python netmap_script.py ties.csv table.csv [--exact | --pivots 1024 | --perturb 200]

With --pivots it takes betweenness from so many nodes alone, with standard errors; with --perturb the ranks of betweenness
in so many networks as they might really be.
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
parser.add_argument("--perturb", type=int)
asked = parser.parse_args()

view = netmap.View.from_csv(asked.ties, "source", "target", "strength")
if asked.pivots:
    import numpy as np

    from netmap.kernels.pivots import pivot_betweenness

    value, error = pivot_betweenness(view.csr, asked.pivots, np.random.default_rng(1))
    netmap.NodeTable(view, {"betweenness": value, "standard_error": error}, {}, {}).to_csv(asked.table)
    print(json.dumps({"greatest": float(value.max())}))
    raise SystemExit
if asked.perturb:
    import numpy as np

    from netmap.chance.perturbation import perturb
    from netmap.kernels.paths import betweenness

    ranks = [np.argsort(np.argsort(-betweenness(draw.view.csr))) for draw in perturb(view, draws=asked.perturb, seed=1)]
    np.savetxt(asked.table, np.percentile(ranks, [5, 95], axis=0).T, fmt="%.6g", delimiter=",")
    print("{}")
    raise SystemExit
found = netmap.node_table(view, paths="exact" if asked.exact else None)
found.to_csv(asked.table)
print(json.dumps({name: found.numbers[name] for name in ("assortativity", "bridges", "communities", "modularity")}))
