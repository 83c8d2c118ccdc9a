from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]

def betweenness(
    indptr: Array,
    indices: Array,
    sources: Array,
    others: Array | None,
    most: int,
    symmetric: bool,
    mass: Array | None,
    nodes: Array,
    squares: Array | None,
    arcs: Array | None,
    stop: Array | None,
    /,
) -> None: ...
def foretold_sums(
    indptr: Array, indices: Array, others: Array, most: int, symmetric: bool, total: Array, stop: Array | None, /
) -> None: ...
def length_betweenness(
    indptr: Array,
    indices: Array,
    lengths: Array,
    sources: Array,
    nodes: Array,
    squares: Array | None,
    arcs: Array | None,
    stop: Array | None,
    /,
) -> None: ...
def length_sums(
    indptr: Array,
    indices: Array,
    lengths: Array,
    sources: Array,
    reached: Array,
    distance: Array,
    inverse: Array,
    farthest: Array,
    stop: Array | None,
    /,
) -> None: ...
def near_order(indptr: Array, indices: Array, order: Array, /) -> None: ...
def step_sums(
    indptr: Array,
    indices: Array,
    back_indptr: Array,
    back_indices: Array,
    first: int,
    stop: int,
    reached: Array,
    distance: Array,
    inverse: Array,
    farthest: Array,
    squares: Array | None,
    flag: Array | None,
    /,
) -> None: ...
def arc_products(indptr: Array, indices: Array, left: Array, right: Array, total: Array, stop: Array | None, /) -> None: ...
def triangles(
    indptr: Array,
    indices: Array,
    tie: Array,
    weights: Array | None,
    labels: Array | None,
    shared: Array | None,
    parts: Array | None,
    closed: Array | None,
    barrat: Array | None,
    onnela: Array | None,
    constraint: Array | None,
    effective_size: Array | None,
    roles: Array | None,
    stop: Array | None,
    /,
) -> None: ...
def components(indptr: Array, indices: Array, labels: Array, /) -> int: ...
def cores(indptr: Array, indices: Array, left: Array, /) -> None: ...
def strong(indptr: Array, indices: Array, labels: Array, /) -> int: ...
def cuts(
    indptr: Array,
    indices: Array,
    tie: Array,
    mass: Array | None,
    root: Array,
    pieces: Array,
    total: Array,
    gone: Array,
    squares: Array,
    bridge_tie: Array,
    bridge_child: Array,
    bridge_parent: Array,
    bridge_mass: Array,
    points: Array,
    /,
) -> tuple[int, int]: ...
def tie_gains(
    distance: Array,
    n: int,
    first: Array,
    second: Array,
    gain: Array,
    nearer: Array,
    joined: Array,
    /,
) -> None: ...
def descend(
    first: Array,
    second: Array,
    wish: Array,
    weight: Array,
    cuts: Array,
    order: Array,
    rate: float,
    z: Array,
    /,
) -> None: ...
def leiden(
    indptr: Array,
    indices: Array,
    weights: Array,
    resolution: float,
    seed: int,
    first: int,
    stop: int,
    labels: Array,
    halt: Array | None,
    /,
) -> int: ...
def build(
    source: Array,
    target: Array,
    weights: Array,
    symmetric: bool,
    indptr: Array,
    indices: Array,
    values: Array,
    tie: Array,
    /,
) -> None: ...
def closed_paths(
    indptr: Array,
    indices: Array,
    from_row: Array,
    to_row: Array,
    labels: Array,
    roles: Array,
    first: Array,
    second: Array,
    returned: Array,
    stop: Array | None,
    /,
) -> None: ...
def walk(
    indptr: Array, indices: Array, weights: Array, scale: Array, damping: float, steps: int, rank: Array, /
) -> float: ...
def katz(
    indptr: Array, indices: Array, weights: Array, alpha: float, steps: int, term: Array, total: Array, /
) -> bool: ...
def climb(
    indptr: Array, indices: Array, weights: Array, steps: int, vector: Array, direction: Array, /
) -> tuple[float, float]: ...
def arrive(indptr: Array, indices: Array, weights: Array, steps: int, vector: Array, /) -> tuple[float, float]: ...
def profile(
    indptr: Array,
    indices: Array,
    weights: Array | None,
    other_indptr: Array | None,
    other_indices: Array | None,
    labels: Array,
    k: int,
    own: Array,
    total: Array,
    products: Array,
    /,
) -> None: ...
def quotient(
    source: Array, target: Array, weights: Array | None, labels: Array, k: int, table: Array, /
) -> None: ...
def ends(
    source: Array, target: Array, weights: Array | None, labels: Array, k: int, out: Array, into: Array, /
) -> tuple[float, float]: ...
def scan_open(delimiter: int, columns: int, source: int, target: int, strength: int, seed: int, /) -> object: ...
def scan_feed(scan: object, block: Any, last: bool, /) -> tuple[int, int, int, int]: ...
def scan_take(scan: object, source: Array, target: Array, strength: Array | None, /) -> list[str]: ...
def merge(source: Array, target: Array, weights: Array, n: int, rule: int, /) -> int: ...
def write(names: Sequence[str], columns: Sequence[Array], first: int, stop: int, /) -> bytes: ...
def perturbed(
    source: Array,
    target: Array,
    strength: Array,
    kept: Array,
    more_source: Array,
    more_target: Array,
    more_strength: Array,
    symmetric: bool,
    indptr: Array,
    indices: Array,
    values: Array,
    tie: Array,
    /,
) -> None: ...
def dealings(keys: Array, n: int, out: Array, /) -> None: ...
def label_tables(labels: Array, groups: int, source: Array, target: Array, keys: Array, tables: Array, /) -> None: ...
def label_likeness(
    labels: Array,
    groups: int,
    source: Array,
    target: Array,
    directed: bool,
    keys: Array,
    alike: Array,
    chance: Array,
    /,
) -> None: ...
def number_sums(
    values: Array,
    source: Array,
    target: Array,
    rows: int,
    weights: Array,
    keys: Array,
    cross: Array,
    sums: Array,
    squares: Array,
    /,
) -> None: ...
def profile_means(
    profiles: Array,
    weights: Array,
    least: float,
    source: Array,
    target: Array,
    strength: Array,
    keys: Array,
    means: Array,
    /,
) -> None: ...
def matrix_means(
    matrix: Array, n: int, source: Array, target: Array, strength: Array, keys: Array, means: Array, /
) -> None: ...
def swap_round(
    n: int, draws: int, a: Array, b: Array, order: Array, flip: Array, proposed: Array, directed: bool, /
) -> None: ...
def trade(n: int, below: int, owners: Array, columns: Array, order: Array, chances: Array, /) -> None: ...
def near_swaps(at: Array, a: Array, b: Array, first: Array, second: Array, flip: Array, /) -> None: ...
def keep(on: bool, /) -> None: ...
