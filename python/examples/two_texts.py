"""Two texts with little in common that every Python installation has: its manual, and the names of characters."""

from __future__ import annotations

import unicodedata
from pydoc_data.topics import topics

import torch

LENGTH = 64
ALPHABET = 128
TEST_LINES = 100


def text_lines(text: str) -> list[dict[str, torch.Tensor]]:
    """Examples for a `Trainer`, with a token for each letter."""
    letters = torch.tensor([min(ord(letter), ALPHABET - 1) for letter in text])
    return [{"input_ids": line, "labels": line} for line in letters.split(LENGTH) if len(line) == LENGTH]


def two_texts(shard: int, shards: int) -> tuple[list, list]:
    """The training lines of a site, from one of the texts, and test lines from both that no site trains on."""
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
