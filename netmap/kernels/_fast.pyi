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
    flag: Array | None,
    /,
) -> None: ...
def arc_products(indptr: Array, indices: Array, back: Array, left: Array, right: Array, total: Array, /) -> None: ...
def common_neighbours(indptr: Array, indices: Array, back: Array, count: Array, /) -> None: ...
def components(indptr: Array, indices: Array, labels: Array, /) -> int: ...
def cores(indptr: Array, indices: Array, left: Array, /) -> None: ...
def depth_first(
    indptr: Array,
    indices: Array,
    tie: Array,
    parent: Array,
    parent_tie: Array,
    low: Array,
    number: Array,
    order: Array,
    root: Array,
    mass: Array,
    below: Array,
    /,
) -> None: ...
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
    back: Array,
    from_row: Array,
    to_row: Array,
    labels: Array,
    roles: Array,
    first: Array,
    second: Array,
    returned: Array,
    /,
) -> None: ...
def walk(
    indptr: Array, indices: Array, weights: Array, scale: Array, damping: float, steps: int, rank: Array, /
) -> float: ...
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
