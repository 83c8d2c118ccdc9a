"""The colours are told apart by people with any colour vision, and from the ground."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from netmap.exporters.palette import COLOURS, DARK, GREY, LIGHT

# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
SEEN = {
    "all cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colour: str) -> np.ndarray:
    """Linear RGB of a hex colour."""
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Ottosson's OKLab, in which equal distances look about equally different."""
    to_cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    to_lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(to_lab) @ np.cbrt(np.array(to_cones) @ np.clip(rgb, 0, 1))


@pytest.mark.parametrize("vision", sorted(SEEN))
def test_colours_are_told_apart_with_any_colour_vision(vision: str) -> None:
    """No two colours, grey included, are nearer than 0.1 in OKLab (pure blue and pure red are 0.5 apart)."""
    lab = {colour: oklab(np.array(SEEN[vision]) @ linear(colour)) for colour in (*COLOURS, GREY)}
    assert min(np.linalg.norm(lab[a] - lab[b]) for a, b in combinations(lab, 2)) >= 0.1


@pytest.mark.parametrize("colour", [*COLOURS, GREY])
def test_colours_stand_out_from_white(colour: str) -> None:
    """Contrast with the ground is at least 3 to 1."""
    luminance = float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))
    assert 1.05 / (luminance + 0.05) >= 3


# Hues, the colour of other categories, the ground.
BY_DAY, BY_NIGHT = ((look[9:], look[5], look[0]) for look in (LIGHT, DARK))


def test_the_map_has_the_same_colours_on_white() -> None:
    """What is blue in the report is blue on the map."""
    assert [c.upper() for c in BY_DAY[0]] == list(COLOURS)
    assert BY_DAY[1].upper() == GREY


@pytest.mark.parametrize("vision", sorted(SEEN))
def test_colours_of_the_dark_map_are_told_apart(vision: str) -> None:
    """As on white: no two nearer than 0.1 in OKLab."""
    lab = {colour: oklab(np.array(SEEN[vision]) @ linear(colour)) for colour in (*BY_NIGHT[0], BY_NIGHT[1])}
    assert min(np.linalg.norm(lab[a] - lab[b]) for a, b in combinations(lab, 2)) >= 0.1


def test_colours_of_the_dark_map_stand_out_from_its_ground() -> None:
    """Contrast with the near-black ground is at least 3 to 1."""
    weight = np.array([0.2126, 0.7152, 0.0722])
    ground = float(weight @ linear(BY_NIGHT[2]))
    assert min((float(weight @ linear(c)) + 0.05) / (ground + 0.05) for c in (*BY_NIGHT[0], BY_NIGHT[1])) >= 3
