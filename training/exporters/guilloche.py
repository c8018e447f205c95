"""The fine line work of a certificate: interlaced waves along the edge and a rosette, as SVG."""

from functools import cache
from math import cos, pi, sin

INK = "#2f6f73"
WIDTH_MM = 297
HEIGHT_MM = 210
Point = tuple[float, float]


@cache
def border() -> str:
    """Return the frame of a landscape A4 page: twelve waves around the same rectangle."""
    strands = [_path(_frame_strand(phase), closed=True) for phase in range(12)]
    return _svg(WIDTH_MM, HEIGHT_MM, strands, width_of_line=0.11, opacity=0.62)


@cache
def rosette() -> str:
    """Return a round of interlaced curves, to stand pale behind the text."""
    strands = [_path(_rosette_strand(turn), closed=True) for turn in range(18)]
    return _svg(200, 200, strands, width_of_line=0.16, opacity=0.26)


@cache
def corner() -> str:
    """Return the small rosette that closes the frame at each corner."""
    strands = [_path(_rosette_strand(turn), closed=True) for turn in range(0, 18, 3)]
    return _svg(200, 200, strands, width_of_line=1.5, opacity=0.7)


def _frame_strand(phase: int) -> list[Point]:
    left, top, right, bottom = 11.0, 11.0, WIDTH_MM - 11.0, HEIGHT_MM - 11.0
    sides = [
        ((left, top), (right, top), 44),
        ((right, top), (right, bottom), 30),
        ((right, bottom), (left, bottom), 44),
        ((left, bottom), (left, top), 30),
    ]
    shift = phase * 2 * pi / 12
    points: list[Point] = []
    for (x0, y0), (x1, y1), waves in sides:
        length = abs(x1 - x0) + abs(y1 - y0)
        across = ((y1 - y0) / length, (x0 - x1) / length)
        steps = waves * 14
        for step in range(steps):
            along = step / steps
            # The wave fades at the corners, so that the four sides meet in one point each.
            swing = 3.4 * min(1.0, 14 * along, 14 * (1 - along))
            height = swing * (
                sin(2 * pi * waves * along + shift) * 0.72 + sin(4 * pi * waves * along - 2 * shift) * 0.28
            )
            points.append(
                (
                    x0 + (x1 - x0) * along + across[0] * height,
                    y0 + (y1 - y0) * along + across[1] * height,
                )
            )
    return points


def _rosette_strand(turn: int) -> list[Point]:
    shift = turn * 2 * pi / 18
    steps = 360
    points: list[Point] = []
    for step in range(steps):
        angle = 2 * pi * step / steps
        radius = 62 + 24 * sin(6 * angle + shift) + 9 * sin(18 * angle - 3 * shift)
        points.append((100 + radius * cos(angle), 100 + radius * sin(angle)))
    return points


def _path(points: list[Point], *, closed: bool) -> str:
    steps = " ".join(f"{x:.2f} {y:.2f}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}"


def _svg(width: int, height: int, paths: list[str], *, width_of_line: float, opacity: float) -> str:
    drawn = "".join(f'<path d="{path}"/>' for path in paths)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<g fill="none" stroke="{INK}" stroke-width="{width_of_line}" '
        f'stroke-opacity="{opacity}" stroke-linejoin="round">{drawn}</g></svg>'
    )
