"""Two texts with little in common, from what every Python installation has: its manual, and the names of characters."""

from __future__ import annotations

import unicodedata
from pydoc_data.topics import topics

import torch

LENGTH = 64
ALPHABET = 128
TEST_LINES = 100


def text_lines(text: str) -> list[dict[str, torch.Tensor]]:
    """As a `Trainer` takes them, each letter a token."""
    letters = torch.tensor([min(ord(letter), ALPHABET - 1) for letter in text])
    return [{"input_ids": line, "labels": line} for line in letters.split(LENGTH) if len(line) == LENGTH]


def two_texts(shard: int, shards: int) -> tuple[list, list]:
    """What a site trains on, its part of the one text or the other; and lines of both that no site has."""
    manual = text_lines("\n".join(topics[name] for name in sorted(topics)))
    names = text_lines("\n".join(filter(None, (unicodedata.name(chr(code), "") for code in range(0x3000)))))
    mine, test = [], []
    for number, lines in enumerate((manual, names)):
        every = len(lines) // TEST_LINES
        test += lines[::every][:TEST_LINES]
        if number == shard % 2:
            others = [line for place, line in enumerate(lines) if place % every]
            mine = others[shard // 2 :: (shards + 1) // 2]
    return mine, test
