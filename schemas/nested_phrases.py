"""One pattern of many phrases that share their first words: each word is tried once, with what may follow it."""

from __future__ import annotations

from collections.abc import Iterable

Node = dict[str, "Node"]
"""Words by the word before them; `END` where a phrase ends."""
END = ""


def nested(phrases: Iterable[Iterable[str]], gap: str) -> str:
    """A pattern of phrases, given as the patterns of their words, with `gap` between these; the longest phrase wins.

    It matches what the alternative of all phrases matches, longest first, where no word is the beginning of another one
    that may stand in its place; of such the longer is tried first.
    """
    root: Node = {}
    for phrase in phrases:
        node = root
        for word in phrase:
            node = node.setdefault(word, {})
        node[END] = {}
    return _any_word(root, gap)


def _any_word(node: Node, gap: str) -> str:
    words = sorted(node.keys() - {END}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(word + _rest(node[word], gap) for word in words) + ")"


def _rest(node: Node, gap: str) -> str:
    """What follows a word of a phrase."""
    if node.keys() == {END}:
        return ""
    more = gap + _any_word(node, gap)
    return f"(?:{more})?" if END in node else more
