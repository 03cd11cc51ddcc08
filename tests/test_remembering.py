"""What is remembered of words: each is worked out once, long runs are not kept, and memory is bounded."""

from schemas.remembering import LONGEST_KEPT, Remembered


def test_a_word_is_worked_out_once():
    asked = []
    lengths = Remembered(lambda word: asked.append(word) or len(word))
    assert [lengths[word] for word in ("kế", "hoạch", "kế")] == [2, 5, 2]
    assert asked == ["kế", "hoạch"]


def test_long_runs_are_told_but_not_kept():
    lengths = Remembered(len)
    run = "a" * (LONGEST_KEPT + 1)
    assert lengths[run] == len(run)
    assert run not in lengths


def test_no_more_than_so_many_are_kept():
    lengths = Remembered(len, most=3)
    assert [lengths[str(number)] for number in range(10)] == [1] * 10
    assert len(lengths) <= 3
