"""What the date grammar builds: expressions with gaps, which ranges fill, and their years."""

from __future__ import annotations

from dataclasses import dataclass, replace

from museosciences.values.edtf import Bound, Interval, Point, year

#: Later years are typing errors, or numbers of something else.
LAST_YEAR = 2100
# INHA gives "milieu 5e siècle avant J.C." as 460–440: ten years on each side.
_MID_CENTURY = (40, 60)
_THIRDS = ((1, 33), (34, 66), (67, 100))


@dataclass(frozen=True, slots=True)
class Node:
    """One date expression. ``kind`` is year, day, century, millennium, decade, hundred, season,
    period, span or ordinal; the others are None or "" where the text does not say.

    ``part`` is (which, of how many), which = -1 for the last; ``position`` is start, mid or end.
    """

    kind: str
    number: int = 0
    digits: int = 4
    part: tuple[int, int] | None = None
    position: str = ""
    era: str = ""
    month: int = 0
    day: int = 0
    span: tuple[Point | None, Point | None] | None = None
    written: str | None = None
    approximate: bool = False
    uncertain: bool = False

    def qualify(self, approximate: bool = False, uncertain: bool = False) -> Node:
        """The same, less sure."""
        if not (approximate or uncertain):
            return self
        return replace(
            self,
            approximate=self.approximate or approximate,
            uncertain=self.uncertain or uncertain,
        )


def interval(node: Node) -> Interval | None:
    """The years or days of an expression, or None when it has gaps or makes no sense."""
    found = _points(node)
    if found is None:
        return None
    begin, end, written = found
    vague = node.approximate or bool(node.position)
    result = Interval(_bound(begin, node, vague), _bound(end, node, vague), written)
    return result if result.is_valid() and _plausible(result) else None


def _bound(point: Point | None, node: Node, vague: bool) -> Bound | None:
    return None if point is None else Bound(point, vague, node.uncertain)


def _plausible(result: Interval) -> bool:
    return all(b is None or b.point.year <= LAST_YEAR for b in (result.begin, result.end))


def _points(node: Node) -> tuple[Point | None, Point | None, str | None] | None:
    if node.span is not None:
        return (*node.span, node.written)
    if node.kind in ("year", "day", "season"):
        return _dated(node)
    if node.kind == "decade":
        return _unspecified(node, 10)
    if node.kind == "hundred":
        return _unspecified(node, 100)
    if node.kind == "ordinal" and node.era == "" and 10 <= node.number <= 21:
        node = replace(node, kind="century")
    if node.kind in ("century", "millennium") and node.number > 0:
        return _counted(node)
    return None


def _dated(node: Node) -> tuple[Point, Point, str | None] | None:
    if node.kind != "season" and node.month == 0 and node.day:
        return None
    if node.number == 0 and node.digits < 4:
        return None
    number = 1 - node.number if node.era == "BCE" else node.number
    if node.digits < 3 and not node.era:
        return None
    if node.kind == "season":
        whole = Point(number)
        return whole, whole, str(Point(number, node.month))
    point = Point(number, node.month, node.day)
    return point, point, None


def _unspecified(node: Node, size: int) -> tuple[Point, Point, str | None] | None:
    begin = node.number * size
    written = f"{year(node.number).lstrip('0') or '0'}" + ("X" if size == 10 else "XX")
    if node.era == "BCE" or len(written) != 4:
        return None
    return Point(begin), Point(begin + size - 1), written


def _counted(node: Node) -> tuple[Point, Point, None] | None:
    """Centuries and millennia are counted from year 1, backwards before our era."""
    size = 100 if node.kind == "century" else 1000
    share = _share(node, size)
    if share is None or (not node.era and node.kind == "millennium" and node.number > 2):
        return None
    first, last = share
    if node.era == "BCE":
        top = node.number * size
        return Point(1 - (top - first + 1)), Point(1 - (top - last + 1)), None
    base = (node.number - 1) * size
    return Point(base + first), Point(base + last), None


def _share(node: Node, size: int) -> tuple[int, int] | None:
    """First and last year within the century or millennium, counted from 1."""
    scale = size // 100
    if node.part is not None:
        which, of = node.part
        which = of if which == -1 else which
        if not 1 <= which <= of:
            return None
        if of == 3:
            first, last = _THIRDS[which - 1]
            return (first - 1) * scale + 1, last * scale
        return size * (which - 1) // of + 1, size * which // of
    if node.position == "start":
        return 1, size // 4
    if node.position == "end":
        return size * 3 // 4 + 1, size
    if node.position == "mid":
        # Years before our era count down: 460–440 are the 41st to the 61st of their century.
        shift = 1 if node.era == "BCE" else 0
        return _MID_CENTURY[0] * scale + shift, _MID_CENTURY[1] * scale + shift
    return 1, size


def fill(left: Node, right: Node) -> tuple[Node, Node] | None:
    """Let both ends of a range lend each other what only one says; None when it stays unclear.

    ``520 - 510 avant J.-C.``, ``XVIIIe-XIXe siècle``, ``12-15 mars 1850``, ``1976–7``.
    """
    left, right = _fill_century(left, right)
    left, right = _fill_day(left, right)
    right = _fill_digits(left, right)
    if right.era == "BCE" and not left.era:
        left = replace(left, era="BCE")
    elif right.era == "CE" and not left.era:
        left = replace(left, era="CE")
    elif left.era == "BCE" and not right.era:
        # "Ve s. av. J.-C. - IVe s.": which side of our era is the second?
        if left.kind == right.kind and right.number <= left.number:
            return None
        right = replace(right, era="CE")
    return left, right


def _fill_century(left: Node, right: Node) -> tuple[Node, Node]:
    counted = ("century", "millennium")
    if right.kind in counted and left.kind in ("ordinal", "roman", "part"):
        number = right.number if left.kind == "part" else left.number
        left = replace(left, kind=right.kind, number=number)
    elif right.kind in counted and left.kind == "year" and left.digits <= 2 and not left.era:
        left = Node("century", left.number)
    elif left.kind in counted and right.kind in ("ordinal", "roman"):
        right = replace(right, kind=left.kind)
    elif left.kind == "decade" and right.kind == "year" and right.number % 10 == 0:
        right = replace(right, kind="decade", number=right.number // 10)
    return left, right


def _fill_day(left: Node, right: Node) -> tuple[Node, Node]:
    """A day or a month on the left takes month and year from the right."""
    if right.kind == "day" and right.month and left.kind in ("day", "ordinal", "year"):
        if left.kind == "ordinal" or (left.kind == "year" and left.digits < 3):
            left = Node("day", 0, 0, day=left.number)
        if left.kind == "day":
            left = replace(
                left,
                month=left.month or right.month,
                number=left.number or right.number,
                digits=left.digits or right.digits,
            )
    elif left.day and right.kind == "year" and right.digits == 2 and right.number <= 31:
        right = replace(left, day=right.number)
    return left, right


def _fill_digits(left: Node, right: Node) -> Node:
    """``1976–7`` and ``1864-70``: the end leaves out the digits that it shares."""
    if left.kind != "year" or right.kind != "year" or right.era or left.era:
        return right
    if left.digits != 4 or right.digits >= 3:
        return right
    size: int = 10**right.digits
    number = left.number - left.number % size + right.number
    if number <= left.number:
        return right
    return replace(right, number=number, digits=4)
