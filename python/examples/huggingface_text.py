"""A tiny language model that reads letter by letter, with Hugging Face's Trainer.

One site reads Python's own manual, the other the names of characters; the test covers both. The texts are part of every
Python installation and the model is randomly initialised, so that nothing is downloaded.

    pip install './python[transformers]'
    python huggingface_text.py --url http://127.0.0.1:30305 --shard 0

pytorch_digits.py shows how to start a swarm.
"""

from __future__ import annotations

import tempfile

import torch
from site_arguments import report, site_arguments
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainerCallback, TrainingArguments
from two_texts import ALPHABET, LENGTH, two_texts

from swarmstream.transformers import SwarmCallback

STEPS_PER_EPOCH = 16


def net(seed: int) -> GPT2LMHeadModel:
    torch.manual_seed(seed)
    size = {"n_positions": LENGTH, "n_embd": 32, "n_layer": 2, "n_head": 2}
    # A wider initial range than usual, because so small a net learns faster with it.
    return GPT2LMHeadModel(GPT2Config(vocab_size=ALPHABET, initializer_range=0.1, **size))


def train(model: GPT2LMHeadModel, examples: list, seed: int, epochs: int, callbacks: list[TrainerCallback]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            output_dir=folder,
            per_device_train_batch_size=16,
            max_steps=epochs * STEPS_PER_EPOCH,
            learning_rate=1e-2,
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
    mine, test = two_texts(site.shard, site.shards)

    alone = net(site.seed)
    train(alone, mine, site.seed, site.epochs, [])

    model = net(site.seed)
    swarm = SwarmCallback(
        site.contract,
        url=site.url,
        min_peers=site.min_peers,
        sync_interval=site.sync_interval,
        adaptive=site.adaptive,
    )
    train(model, mine, site.seed, site.epochs, [swarm])
    report(accuracy(alone, test), accuracy(model, test), swarm.final.model_hash)


if __name__ == "__main__":
    main()
