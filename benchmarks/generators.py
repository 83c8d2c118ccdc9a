"""Made-up networks for benchmarks, the same for the same seed: clustered ones and ones rich in pendants, as files too.

    python -m benchmarks.generators 10000 ties.csv [--kind pendants] [--seed 1]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from netmap.kernels.csr import CSR, build_csr

TIES_A_NODE = 5
STRONGEST = 5
GROUPS = 12


@dataclass(frozen=True)
class Made:
    """A network: the two ends and the strength of every tie, and a group for every node."""

    n: int
    source: np.ndarray
    target: np.ndarray
    strength: np.ndarray
    group: np.ndarray

    def csr(self) -> CSR:
        """The network as compressed rows."""
        ends = self.source.astype(np.int32), self.target.astype(np.int32)
        return build_csr(self.n, *ends, self.strength.astype(np.float64), symmetric=True)

    def write(self, path: Path) -> None:
        """Write one tie a line under the headings source, target and strength, lines in no order."""
        order = np.random.default_rng(0).permutation(self.source.size)
        rows = zip(self.source[order].tolist(), self.target[order].tolist(), self.strength[order].tolist(), strict=True)
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write("source,target,strength\n")
            file.writelines(f"org{a:07d},org{b:07d},{w}\n" for a, b, w in rows)


def _long_tailed(rng: np.random.Generator, low: float, high: float, exponent: float, size: int) -> np.ndarray:
    """Draw from a power law between two bounds."""
    low, high, q = float(low), float(high), 1.0 - exponent
    return (low**q + rng.random(size) * (high**q - low**q)) ** (1.0 / q)


def _pairs(stubs: np.ndarray, within: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Join ends of ties two by two at random, each with another of the same `within`."""
    order = np.lexsort((rng.random(stubs.size), within))
    stubs, within = stubs[order], within[order]
    first = np.flatnonzero(np.concatenate([[True], within[1:] != within[:-1]]))
    place = np.arange(stubs.size) - np.repeat(first, np.diff(np.append(first, stubs.size)))
    one = np.flatnonzero((place % 2 == 0) & (np.append(within[1:] == within[:-1], False)))
    return stubs[one], stubs[one + 1]


def clustered(n: int, seed: int = 1, mixing: float = 0.3) -> Made:
    """Draw a network after Lancichinetti, Fortunato and Radicchi: long tails of degrees and of sizes of communities.

    Five ties a node, three in ten of them to other communities, whose numbers are dealt over the nodes at random.
    """
    rng = np.random.default_rng(seed)
    degree = _long_tailed(rng, 4, max(10, min(n / 10, 300)), 2.5, n)
    # A few more than are wanted: pairs drawn twice count once, and what is left over is taken away at random.
    degree = np.maximum(1, np.rint(degree * 2.4 * TIES_A_NODE / degree.mean())).astype(np.int64)
    sizes = np.rint(_long_tailed(rng, min(30, n), min(300, n), 1.5, n // min(30, n) + 1)).astype(np.int64)
    sizes = sizes[: np.searchsorted(np.cumsum(sizes), n) + 1]
    community = rng.permutation(np.repeat(np.arange(sizes.size), sizes)[:n])
    inside = rng.binomial(degree, 1.0 - mixing)
    node = np.arange(n)
    within = _pairs(np.repeat(node, inside), np.repeat(community, inside), rng)
    across = np.repeat(node, degree - inside)
    between = _pairs(across, np.zeros(across.size, dtype=np.int64), rng)
    a, b = (np.concatenate(ends) for ends in zip(within, between, strict=True))
    return _made(n, a, b, TIES_A_NODE * n, rng)


def pendants(n: int, seed: int = 1) -> Made:
    """Draw a network of which six in ten nodes have one tie, like many networks of real partnerships."""
    rng = np.random.default_rng(seed)
    core = max(2, 2 * n // 5)
    leaf = np.arange(core, n)
    a = np.concatenate([leaf, rng.integers(0, core, 6 * core)])
    b = np.concatenate([(core * rng.random(leaf.size) ** 2).astype(np.int64), rng.integers(0, core, 6 * core)])
    return _made(n, a, b, leaf.size + 3 * core, rng)


def _made(n: int, a: np.ndarray, b: np.ndarray, most: int, rng: np.random.Generator) -> Made:
    key = np.unique((np.minimum(a, b) * n + np.maximum(a, b))[a != b])
    if key.size > most:
        key = np.sort(rng.permutation(key)[:most])
    return Made(n, key // n, key % n, rng.integers(1, STRONGEST + 1, key.size), rng.integers(0, GROUPS, n))


KINDS = {"clustered": clustered, "pendants": pendants}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write one network."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("nodes", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind", choices=KINDS, default="clustered")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    KINDS[asked.kind](asked.nodes, asked.seed).write(asked.file)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
