"""No hidden number can be worked out: a search through all tables that fit what is shown."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.results.suppression import hidden_cells, hidden_choices, hidden_parts

thresholds = st.integers(2, 4)
counts = st.lists(st.integers(0, 7), min_size=1, max_size=5)


def check(hidden: set, true: dict, possible: list[dict], threshold: int, total: int = 0) -> None:
    """What must hold of hidden numbers, given all that could be true for the reader."""
    for key in hidden:
        could_be = {one[key] for one in possible}
        assert len(could_be) > 1, f"{key} is {could_be}"
        if true[key] < threshold:
            assert max(could_be) >= threshold, f"{key} is known to be small: {could_be}"
        if total and total - true[key] < threshold:
            assert min(could_be) <= total - threshold, f"{key}: {could_be} of {total}"


def fillings(hidden: list, most: int):
    for values in product(range(1, most + 1), repeat=len(hidden)):
        yield dict(zip(hidden, values, strict=True))


@given(counts, thresholds)
def test_parts_of_a_known_total(counts, threshold):
    hidden = hidden_parts(counts, threshold)
    if hidden is None:
        return
    assert all(n in hidden for n, count in enumerate(counts) if 0 < count < threshold)
    assert all(counts[n] for n in hidden)
    known = sum(counts[n] for n in hidden)
    possible = [f for f in fillings(sorted(hidden), min(known, 12)) if sum(f.values()) == known]
    if known <= 12:
        check(hidden, dict(enumerate(counts)), possible, threshold)


@given(st.data(), thresholds, st.integers(3, 8))
@settings(max_examples=150)
def test_choices_of_several(data, threshold, total):
    size = data.draw(st.integers(1, 3))
    fewest = data.draw(st.integers(0, size))
    most = data.draw(st.integers(max(fewest, 1), size))
    people = data.draw(
        st.lists(
            st.sets(st.integers(0, size - 1), min_size=fewest, max_size=most),
            min_size=total,
            max_size=total,
        )
    )
    counts = [sum(n in chosen for chosen in people) for n in range(size)]
    hidden = hidden_choices(counts, total, threshold, fewest=fewest, most=most)
    if hidden is None:
        return
    for n, count in enumerate(counts):
        if 0 < count < threshold or 0 < total - count < threshold:
            assert n in hidden
    shown = sum(count for n, count in enumerate(counts) if n not in hidden)
    possible = [
        filled
        for filled in fillings(sorted(hidden), total - 1)
        if fewest * total <= shown + sum(filled.values()) <= most * total
    ]
    check(hidden, dict(enumerate(counts)), possible, threshold, total)


@given(st.data(), thresholds)
@settings(max_examples=300, deadline=None)
def test_cells_of_a_table_with_totals(data, threshold):
    rows, columns = data.draw(st.sampled_from([(2, 2), (2, 3), (3, 2), (3, 3), (2, 4)]))
    cells = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9])
    table = [[data.draw(cells) for _c in range(columns)] for _r in range(rows)]
    hidden = hidden_cells(table, threshold)
    if hidden is None:
        return
    true = {(r, c): table[r][c] for r in range(rows) for c in range(columns)}
    assert {cell for cell, count in true.items() if 0 < count < threshold} <= hidden
    check(hidden, true, list(tables_like(table, hidden)), threshold)


def tables_like(table, hidden):
    """All tables that look the same to a reader: the cells shown and all totals are equal."""
    rows, columns = range(len(table)), range(len(table[0]))
    left = [sum(table[r][c] for r in rows if (r, c) in hidden) for c in columns]

    def fill(r, left, found):
        if r == len(table):
            if not any(left):
                yield dict(found)
            return
        own = [c for c in columns if (r, c) in hidden]
        known = sum(table[r][c] for c in own)
        for values in product(*(range(1, left[c] + 1) for c in own)):
            if sum(values) == known:
                rest = list(left)
                for c, value in zip(own, values, strict=True):
                    rest[c] -= value
                yield from fill(
                    r + 1, rest, found | {(r, c): v for c, v in zip(own, values, strict=True)}
                )

    yield from fill(0, left, {})


def test_hiding_costs_as_little_as_it_can():
    assert hidden_parts([30, 2, 9, 14], 5) == {1, 2}
    assert hidden_parts([30, 2, 4, 14], 5) == {1, 2}
    assert hidden_parts([30, 1, 1, 14], 5) == {1, 2, 3}
    assert hidden_parts([30, 0, 14], 5) == set()
    assert hidden_parts([3, 2], 5) is None
    assert hidden_parts([1, 1, 1], 5) is None
    assert hidden_choices([3, 40, 60], 80, 5, fewest=1, most=3) == {0}
    assert hidden_choices([78, 40], 80, 5, fewest=1, most=2) == {0}
    assert hidden_cells([[20, 2, 9], [30, 8, 7], [9, 9, 9]], 5) == {(0, 1), (0, 2), (1, 1), (1, 2)}
    assert hidden_cells([[20, 10], [10, 20]], 5) == set()
    assert hidden_cells([[20, 10], [1, 1]], 5) is None
