"""Curves as SVG, with nothing but the standard library: axes, grid, labels and a legend, both axes linear or
logarithmic.

  curves.draw(path, title, x_label, y_label, {"name": [(x, y), ...]}, logarithmic=("x", "y"))
"""

import math
import pathlib
from xml.sax.saxutils import escape

width, height = 860, 480
left, right, top, bottom = 90, 190, 50, 70
# Told apart by colour and by dash, also in print.
colours = ("#1b6ca8", "#c8442b", "#2f8f4e", "#8a5a00", "#6b3fa0", "#444444", "#c2178b")
dashes = ("", "7 4", "2 4", "10 3 2 3", "4 2", "1 3", "12 4")


def number(value):
    """Short, as on an axis: 1,000 is 1k, a half is 0.5."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{letter}"
    return f"{value:.3g}"


class axis:
    """From values to pixels. A logarithmic axis begins and ends at 1, 2 or 5 times a power of ten."""

    def __init__(self, values, is_logarithmic, first, last):
        self.is_logarithmic = is_logarithmic
        self.first, self.last = first, last
        values = [value for value in values if value > 0 or not is_logarithmic]
        low, high = (min(values), max(values)) if values else (1.0, 10.0)
        self.marks = self.logarithmic_marks(low, high) if is_logarithmic else self.linear_marks(high)
        self.low, self.high = self.marks[0], self.marks[-1]

    @staticmethod
    def logarithmic_marks(low, high):
        steps = [base * 10.0 ** power for power in range(math.floor(math.log10(low)) - 1,
                                                         math.ceil(math.log10(high)) + 2)
                 for base in (1, 2, 5)]
        begin = max((at for at in range(len(steps)) if steps[at] <= low * 1.0001), default=0)
        end = min((at for at in range(len(steps)) if steps[at] >= high * 0.9999), default=len(steps) - 1)
        marks = steps[begin:max(end, begin + 1) + 1]
        if len(marks) <= 10:
            return marks
        inner = [mark for mark in marks[1:-1] if f"{mark:e}".startswith("1.0")]
        return [marks[0], *inner, marks[-1]]

    @staticmethod
    def linear_marks(high):
        high = high or 1.0
        step = 10.0 ** math.floor(math.log10(high))
        for part in (step / 5, step / 2, step, 2 * step):
            if high / part <= 6:
                step = part
                break
        return [at * step for at in range(math.ceil(high / step) + 1)]

    def place(self, value):
        if self.is_logarithmic:
            share = (math.log10(max(value, self.low)) - math.log10(self.low)) / (
                math.log10(self.high) - math.log10(self.low))
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.first + share * (self.last - self.first)


def text(x, y, words, anchor="middle", size=13, extra=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" {extra}>'
            f'{escape(words)}</text>')


def grid(across, up, x_label, y_label):
    for mark in across.marks:
        at = across.place(mark)
        yield f'<line x1="{at:.1f}" y1="{top}" x2="{at:.1f}" y2="{height - bottom}" stroke="#e4e4e4"/>'
        yield text(at, height - bottom + 20, number(mark))
    for mark in up.marks:
        at = up.place(mark)
        yield f'<line x1="{left}" y1="{at:.1f}" x2="{width - right}" y2="{at:.1f}" stroke="#e4e4e4"/>'
        yield text(left - 8, at + 4, number(mark), "end")
    yield (f'<path d="M{left} {top}V{height - bottom}H{width - right}" fill="none" stroke="#333" '
           f'stroke-width="1.5"/>')
    yield text((left + width - right) / 2, height - 18, x_label, size=14)
    middle = (top + height - bottom) / 2
    yield text(24, middle, y_label, size=14, extra=f'transform="rotate(-90 24 {middle:.1f})"')


def curve(across, up, points, at, name):
    colour, dash = colours[at % len(colours)], dashes[at % len(dashes)]
    places = [(across.place(x), up.place(y)) for x, y in sorted(points)]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"/>'
    for (x, y), (_, value) in zip(places, sorted(points)):
        yield (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"><title>{escape(name)}: {value:,.4g}'
               f'</title></circle>')
    line = top + 12 + 24 * at
    begin = width - right + 16
    yield (f'<line x1="{begin}" y1="{line}" x2="{begin + 30}" y2="{line}" stroke="{colour}" '
           f'stroke-width="2.5" stroke-dasharray="{dash}"/>')
    yield text(begin + 38, line + 4, name, "start")


def draw(path, title, x_label, y_label, series, logarithmic=("x", "y")):
    """One picture. A curve without points is left out."""
    series = {name: points for name, points in series.items() if points}
    every = [point for points in series.values() for point in points]
    across = axis([x for x, _ in every], "x" in logarithmic, left, width - right)
    up = axis([y for _, y in every], "y" in logarithmic, height - bottom, top)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
             f'font-family="Helvetica, Arial, sans-serif" fill="#222">',
             f'<rect width="{width}" height="{height}" fill="#fff"/>',
             text(left, 28, title, "start", 17, 'font-weight="bold"'), *grid(across, up, x_label, y_label)]
    for at, (name, points) in enumerate(series.items()):
        parts.extend(curve(across, up, points, at, name))
    pathlib.Path(path).write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")
