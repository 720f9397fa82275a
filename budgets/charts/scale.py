"""In which unit a picture shows its amounts, and the ticks of its axis. Amounts are SEK as Decimal."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from budgets.charts.measure import text_width
from finsam.swedish import Unit, number

ZERO = Decimal(0)
MOST_TICKS = 6
LONGEST_TURNED = 56.0
"""Pixels that a turned figure may take, if a coarser unit makes it shorter."""


@dataclass(frozen=True)
class Scale:
    """A unit such as mkr, how many SEK it is, and with how many decimals amounts are shown in it."""

    name: str
    size: Decimal
    decimals: int

    def label(self, amount: Decimal) -> str:
        return number(amount / self.size, self.decimals)


KRONOR = Scale("kr", Decimal(1), 0)
THOUSANDS = Scale("tkr", Decimal(10**3), 0)
MILLIONS = tuple(Scale("mkr", Decimal(10**6), decimals) for decimals in (2, 1, 0))
SCALES: dict[Unit, tuple[Scale, ...]] = {
    "SEK": (KRONOR, THOUSANDS, *MILLIONS),
    "kSEK": (THOUSANDS, *MILLIONS),
}


def fitting_scale(
    amounts: Iterable[Decimal], unit: Unit, room: float, size: float, bold: bool = False
) -> tuple[Scale, bool]:
    """The finest scale, from the reader's own unit on, whose every label fits the room (pixels), and
    whether any does. Where none fits without being coarse, labels are to be turned, and the scale is
    the finest whose labels are then of a reasonable length."""
    stated = list(amounts)
    scales = [scale for scale in SCALES[unit] if not _is_coarse(scale, stated)] or [SCALES[unit][0]]

    def longest(scale: Scale) -> float:
        return max((text_width(scale.label(amount), size, bold) for amount in stated), default=0)

    for scale in scales:
        if longest(scale) <= room:
            return scale, True
    return next((scale for scale in scales if longest(scale) <= LONGEST_TURNED), scales[-1]), False


def _is_coarse(scale: Scale, amounts: list[Decimal]) -> bool:
    """Whether whole millions or parts of them would say too little: fewer than three digits of the largest
    amount, or fewer than two of most."""
    if scale.name != "mkr":
        return False
    shown = [abs(amount).scaleb(scale.decimals) / scale.size for amount in amounts if amount]
    return max(shown, default=ZERO) < 100 or sum(each < 10 for each in shown) * 2 > len(shown)


@dataclass(frozen=True)
class Axis:
    """Ticks in SEK from `low` to `high`, zero always among them; low is below high."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    scale: Scale

    def part(self, amount: Decimal) -> float:
        """Where an amount stands, from 0 at the low end to 1 at the high."""
        return float((amount - self.low) / (self.high - self.low))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.scale.label(tick) for tick in self.ticks)


def axis(amounts: Iterable[Decimal], scale: Scale) -> Axis:
    """An axis that holds all amounts and zero: at most six ticks, in steps of 1, 2, 2.5 or 5 times a power
    of ten, labelled in the unit of `scale` with the decimals that the step needs."""
    stated = list(amounts)
    low, high = min([*stated, ZERO]), max([*stated, ZERO])
    if low == high:
        high = scale.size
    step = _step(high - low)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    ticks = tuple(step * place for place in range(int(first), int(last) + 1))
    exponent = (step / scale.size).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Axis(ticks[0], ticks[-1], ticks, Scale(scale.name, scale.size, max(0, -exponent)))


def _step(span: Decimal) -> Decimal:
    """The smallest round step of which four cover the span: with an end on both sides, six ticks."""
    power = Decimal(1).scaleb(span.adjusted() - 1)
    steps = (power * Decimal(times) for times in ("1", "2", "2.5", "5", "10", "20", "25", "50"))
    return next(step for step in steps if span <= step * (MOST_TICKS - 2))
