"""Compare two waves: which ties stayed, began and ended, and who has more or fewer partners than before."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import netmap as nm

DATA = Path(__file__).resolve().parents[1] / "data"


def ties(view: nm.View) -> set[tuple[object, object]]:
    return set(view.tie_index)


def main() -> None:
    network = nm.read(DATA / "county")
    earlier, later = (network.view(wave=wave) for wave in ("2023", "2025"))
    before, now = ties(earlier), ties(later)

    print(f"{len(before & now)} ties stayed, {len(now - before)} began, {len(before - now)} ended.")
    print(f"{len(before & now) / len(before):.0%} of the ties of 2023 are still there.")

    change = pd.DataFrame({"2023": nm.measures.degree(earlier), "2025": nm.measures.degree(later)}, dtype="int64")
    change["change"] = change["2025"] - change["2023"]
    names = network.organisations.set_index("org_id")["name"]
    change.index = pd.Index([names[node] for node in change.index], name="organisation")
    order = change.sort_values(["change", "2025"], ascending=False, kind="stable")
    print("\nMost partners gained:")
    print(order.head(5).to_string())
    print("\nMost partners lost:")
    print(order.tail(5).to_string())

    # Only those present in both waves can be compared; here everybody answered both times.
    print(
        f"\nBridges: {int(nm.measures.bridge_ties(earlier)['bridge'].sum())} in 2023,"
        f" {int(nm.measures.bridge_ties(later)['bridge'].sum())} in 2025."
    )


if __name__ == "__main__":
    main()
