from hypothesis import given, strategies as st

from exams.domain.drawing import Lack, PoolItem, Wish, draw

TYPES = ["single", "multiple"]
PATHS = ["", "0001", "00010001", "0002"]


def pool_of(spec: list[tuple[str, str]]) -> list[PoolItem]:
    return [PoolItem(number, kind, path) for number, (kind, path) in enumerate(spec, start=1)]


def test_draw_serves_the_narrow_wish_first() -> None:
    pool = pool_of([("single", "0001"), ("single", "0002"), ("single", "0002")])
    drawn, lacks = draw(pool, [Wish("single", "", 2), Wish("single", "0001", 1)], seed=3)
    assert lacks == []
    assert drawn[1] == [1]
    assert sorted(drawn[0]) == [2, 3]


def test_draw_names_the_wish_that_lacks_questions_and_what_was_left_for_it() -> None:
    pool = pool_of([("single", "0001"), ("multiple", "0001")])
    drawn, lacks = draw(pool, [Wish("single", "0001", 1), Wish("multiple", "", 3)], seed=3)
    assert lacks == [Lack(1, 1)]
    assert drawn == [[1], []]


def test_draw_takes_a_branch_for_its_root() -> None:
    pool = pool_of([("single", "00010001"), ("single", "0002")])
    drawn, lacks = draw(pool, [Wish("single", "0001", 1)], seed=1)
    assert (drawn, lacks) == ([[1]], [])


items = st.lists(st.tuples(st.sampled_from(TYPES), st.sampled_from(PATHS)), max_size=40)
wishes = st.lists(
    st.builds(Wish, st.sampled_from(TYPES), st.sampled_from(PATHS), st.integers(1, 6)),
    max_size=6,
    unique_by=lambda wish: (wish.question_type, wish.point_path),
)


@given(items, wishes, st.integers(0, 2**40))
def test_draw_holds_its_guarantees(spec: list[tuple[str, str]], wanted: list[Wish], seed: int) -> None:
    pool = pool_of(spec)
    drawn, lacks = draw(pool, wanted, seed=seed)
    by_id = {item.version_id: item for item in pool}
    flat = [key for keys in drawn for key in keys]
    assert len(flat) == len(set(flat))
    short = {lack.wish for lack in lacks}
    for index, (wish, keys) in enumerate(zip(wanted, drawn, strict=True)):
        assert len(keys) == (0 if index in short else wish.count)
        assert all(wish.accepts(by_id[key]) for key in keys)
    assert draw(list(reversed(pool)), wanted, seed=seed) == (drawn, lacks)
