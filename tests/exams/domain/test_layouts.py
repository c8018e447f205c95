from collections import Counter

from hypothesis import given, strategies as st

from exams.domain.layouts import PublicItem, lay_out

kinds = st.sampled_from(["single", "multiple", "true_false"])


@given(st.lists(st.tuples(kinds, st.integers(2, 8)), min_size=1, max_size=30), st.integers(0, 2**48))
def test_layout_shows_every_item_and_option_once(spec: list[tuple[str, int]], seed: int) -> None:
    spec.sort(key=lambda row: row[0])
    items = [PublicItem(n, kind, 2 if kind == "true_false" else count) for n, (kind, count) in enumerate(spec)]
    layout = lay_out(items, seed=seed)
    assert sorted(row["ref"] for row in layout) == list(range(len(items)))
    names = [row["item"] for row in layout] + [name for row in layout for name in row["options"]]
    assert len(names) == len(set(names))
    for row in layout:
        assert sorted(row["refs"]) == list(range(items[row["ref"]].options))
    # Types stay together and in the paper's order.
    assert [items[row["ref"]].question_type for row in layout] == [item.question_type for item in items]
    assert lay_out(items, seed=seed) == layout


def test_true_and_false_keep_their_order() -> None:
    layout = lay_out([PublicItem(n, "true_false", 2) for n in range(20)], seed=11)
    assert all(row["refs"] == [0, 1] for row in layout)


def test_f32_option_position_says_nothing_about_the_option() -> None:
    """Over many attempts each option stands in each place about equally often (1000 draws, 4 places)."""
    first = Counter(lay_out([PublicItem(0, "single", 4)], seed=seed)[0]["refs"][0] for seed in range(1000))
    assert all(180 < first[option] < 320 for option in range(4)), first


def test_f32_option_names_differ_between_attempts() -> None:
    items = [PublicItem(n, "single", 4) for n in range(10)]
    one, two = lay_out(items, seed=1), lay_out(items, seed=2)
    names = [{name for row in layout for name in row["options"]} for layout in (one, two)]
    assert len(names[0] & names[1]) == 0
