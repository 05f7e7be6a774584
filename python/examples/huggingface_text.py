"""A tiny language model that reads Python's own manual letter by letter, with Hugging Face's Trainer.

The manual is in every Python installation, the model begins at random: nothing is downloaded. Each site has another part
of the text.

    pip install './python[transformers]'
    python huggingface_text.py --url http://127.0.0.1:30305 --shard 0

pytorch_digits.py says how to start a swarm.
"""

from __future__ import annotations

import tempfile
from pydoc_data.topics import topics

import torch
from site_arguments import report, site_arguments
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainerCallback, TrainingArguments

from swarmstream.transformers import SwarmCallback

LENGTH = 64
ALPHABET = 128
STEPS_PER_EPOCH = 16


def net(seed: int) -> GPT2LMHeadModel:
    torch.manual_seed(seed)
    return GPT2LMHeadModel(GPT2Config(vocab_size=ALPHABET, n_positions=LENGTH, n_embd=32, n_layer=2, n_head=2))


def lines(text: str) -> list[dict[str, torch.Tensor]]:
    letters = torch.tensor([min(ord(letter), ALPHABET - 1) for letter in text])
    return [{"input_ids": line, "labels": line} for line in letters.split(LENGTH) if len(line) == LENGTH]


def train(model: GPT2LMHeadModel, examples: list, seed: int, epochs: int, callbacks: list[TrainerCallback]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            output_dir=folder,
            per_device_train_batch_size=16,
            max_steps=epochs * STEPS_PER_EPOCH,
            learning_rate=5e-3,
            seed=seed,
            report_to=[],
            save_strategy="no",
            logging_strategy="no",
            disable_tqdm=True,
            use_cpu=True,
            dataloader_pin_memory=False,
        )
        Trainer(model, arguments, train_dataset=examples, callbacks=callbacks).train()


def accuracy(model: GPT2LMHeadModel, examples: list) -> float:
    """How often the model knows the next letter."""
    text = torch.stack([example["input_ids"] for example in examples])
    model.eval()
    with torch.no_grad():
        guesses = model(text).logits[:, :-1].argmax(-1)
    return (guesses == text[:, 1:]).float().mean().item()


def main() -> None:
    site = site_arguments("Letters with Hugging Face", epochs=10)
    text = "\n".join(topics[name] for name in sorted(topics))
    part = len(text) // (site.shards + 1)  # the last one is for the test
    mine = lines(text[site.shard * part : (site.shard + 1) * part])
    test = lines(text[site.shards * part :])[:200]

    alone = net(site.seed)
    train(alone, mine, site.seed, site.epochs, [])

    model = net(site.seed)
    options = {"min_peers": site.min_peers, "sync_interval": site.sync_interval, "adaptive": site.adaptive}
    swarm = SwarmCallback(site.contract, url=site.url, **options)
    train(model, mine, site.seed, site.epochs, [swarm])
    report(accuracy(alone, test), accuracy(model, test), swarm.final.model_hash)


if __name__ == "__main__":
    main()
