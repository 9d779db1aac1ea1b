"""Hiding small numbers, so that nobody can work them out from what is shown.

Pure functions over counts. A reader is taken to know all that is shown, the totals included, and
that what is hidden is not zero: zeros are shown. Hidden numbers are as they should be where

- each could still be another number than it is, and
- one below the threshold could, for all that the reader knows, be as large as the threshold.

That takes complementary suppression: others are hidden too, the smallest that do. See Willenborg
and De Waal, Elements of Statistical Disclosure Control (2001), chapters 1 and 6.
tests/surveys/test_suppression.py holds this against a search through all tables there could be.
"""

from collections.abc import Iterable, Sequence

Cell = tuple[int, int]
Table = Sequence[Sequence[int]]
PLENTY = 1 << 60


def is_small(count: int, threshold: int) -> bool:
    """Whether a number may not be shown."""
    return 0 < count < threshold


def hidden_parts(counts: Sequence[int], threshold: int) -> set[int] | None:
    """Which parts of a known total to hide: answers of which everybody gave just one.

    None: there is no way but to hide all of them, zeros too.
    """
    if is_small(sum(counts), threshold):
        return None
    hidden = {place for place, count in enumerate(counts) if is_small(count, threshold)}
    spare = _largest_first(counts, (n for n, count in enumerate(counts) if count >= threshold))
    while hidden:
        # Together they are known, and each of the others is at least one.
        most = sum(counts[place] for place in hidden) - (len(hidden) - 1)
        if len(hidden) > 1 and most >= threshold:
            break
        if not spare:
            return None
        hidden.add(spare.pop())
    return hidden


def hidden_choices(
    counts: Sequence[int], total: int, threshold: int, *, fewest: int, most: int
) -> set[int] | None:
    """Which counts to hide where each of `total` people chose `fewest` to `most` answers.

    A count also tells how many did not choose the answer. None: hide all, zeros too.
    """
    if fewest == most == 1:
        return hidden_parts(counts, threshold)
    if is_small(total, threshold):
        return None

    def small(count: int) -> bool:
        return is_small(count, threshold) or is_small(total - count, threshold)

    def open_enough(place: int) -> bool:
        others = len(hidden) - 1
        shown = sum(count for number, count in enumerate(counts) if number not in hidden)
        upper = min(total - 1, most * total - shown - others)
        lower = max(1, fewest * total - shown - others * (total - 1))
        count = counts[place]
        return (
            lower < upper
            and (upper >= threshold or not is_small(count, threshold))
            and (total - lower >= threshold or not is_small(total - count, threshold))
        )

    hidden = {place for place, count in enumerate(counts) if small(count)}
    candidates = (n for n, count in enumerate(counts) if 0 < count < total and n not in hidden)
    spare = _largest_first(counts, candidates)
    while not all(open_enough(place) for place in hidden):
        if not spare:
            return None
        hidden.add(spare.pop())
    return hidden


def hidden_cells(table: Table, threshold: int) -> set[Cell] | None:
    """Which cells (row, column) of a table to hide, of which all rows and columns have a total.

    None: the table cannot be shown. That is also so where a total itself is too small: put rows
    or columns together first.
    """
    rows, columns = len(table), len(table[0]) if table else 0
    totals = [sum(row) for row in table] + [sum(row[n] for row in table) for n in range(columns)]
    if any(is_small(total, threshold) for total in totals):
        return None
    every = [(row, column) for row in range(rows) for column in range(columns)]
    hidden = {cell for cell in every if is_small(table[cell[0]][cell[1]], threshold)}
    while True:
        weak = [cell for cell in sorted(hidden) if not _is_open(table, hidden, cell, threshold)]
        if not weak:
            return hidden
        extra = _complement(table, hidden, weak[0], threshold)
        if not extra:
            return None
        hidden |= extra


def _largest_first(counts: Sequence[int], places: Iterable[int]) -> list[int]:
    return sorted(places, key=lambda place: (counts[place], place), reverse=True)


def _complement(table: Table, hidden: set[Cell], weak: Cell, threshold: int) -> set[Cell]:
    """Cells to hide beside a weak one: the cheapest rectangle that opens it, or else any cell."""
    row, column = weak
    need = max(threshold - table[row][column], 1)
    best: tuple[int, set[Cell]] | None = None
    for other_row in range(len(table)):
        for other_column in range(len(table[0])):
            if other_row == row or other_column == column or not table[other_row][other_column]:
                continue
            side, above = (row, other_column), (other_row, column)
            # One more in the weak cell is one less in the cells beside and above it.
            if any(table[r][c] - 1 < need for r, c in (side, above)):
                continue
            extra = {side, above, (other_row, other_column)} - hidden
            cost = sum(table[r][c] for r, c in extra)
            if extra and (best is None or cost < best[0]):
                best = cost, extra
    if best is not None:
        return best[1]
    left = [
        (table[r][c], (r, c))
        for r in range(len(table))
        for c in range(len(table[0]))
        if table[r][c] and (r, c) not in hidden
    ]
    return {min(left)[1]} if left else set()


def _is_open(table: Table, hidden: set[Cell], cell: Cell, threshold: int) -> bool:
    """Whether a hidden cell could be another number, and a small one as large as the threshold.

    What a cell could be follows from flows: what a cell gains, others in its row and column lose.
    """
    row, column = cell
    count = table[row][column]
    need = max(threshold - count, 1)
    more = _flow(table, hidden - {cell}, ("c", column), ("r", row), need)
    if is_small(count, threshold):
        return count + more >= threshold
    return more > 0 or (
        count > 1 and _flow(table, hidden - {cell}, ("r", row), ("c", column), 1) > 0
    )


def _flow(table: Table, cells: set[Cell], start, goal, enough: int) -> int:
    """How much can go from start to goal, up to `enough` (Ford and Fulkerson).

    From row to column a cell gains, which it always can; back it loses, until it is one.
    """
    capacity: dict = {}
    for r, c in cells:
        capacity.setdefault(("r", r), {})[("c", c)] = PLENTY
        capacity.setdefault(("c", c), {})[("r", r)] = table[r][c] - 1
    sent = 0
    while sent < enough:
        path = _path(capacity, start, goal)
        if path is None:
            break
        amount = min(enough - sent, *(capacity[a][b] for a, b in path))
        for a, b in path:
            capacity[a][b] -= amount
            capacity[b][a] += amount
        sent += amount
    return sent


def _path(capacity: dict, start, goal) -> list[tuple] | None:
    """The steps of a shortest way with room on it."""
    before = {start: start}
    waiting = [start]
    for node in waiting:
        for after, room in capacity.get(node, {}).items():
            if room > 0 and after not in before:
                before[after] = node
                waiting.append(after)
    if goal not in before:
        return None
    steps = []
    while goal != start:
        steps.append((before[goal], goal))
        goal = before[goal]
    return steps
