"""A program for HPE Swarm Learning, as its users write them. It runs on Swarmstream without a changed line.

    pip install ./python './python/hpe[transformers]'

It trains a LoRA adapter of a tiny, randomly initialised language model; only the adapter is shared. Each site reads one
of two texts.
Environment: SWARM_SITE_URL (the site node), SHARD and SHARDS (which text, which part of it), MIN_PEERS, MAX_STEPS.
"""

import hashlib
import os
import tempfile

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainingArguments
from two_texts import ALPHABET, LENGTH, two_texts

from swarmlearning.hf_transformers import SwarmCallback

min_peers = int(os.getenv("MIN_PEERS", "2"))
max_steps = int(os.getenv("MAX_STEPS", "192"))
shard, shards = int(os.getenv("SHARD", "0")), int(os.getenv("SHARDS", "2"))

mine, test = two_texts(shard, shards)


def net():
    torch.manual_seed(1)
    size = {"n_positions": LENGTH, "n_embd": 32, "n_layer": 2, "n_head": 2}
    base = GPT2LMHeadModel(GPT2Config(vocab_size=ALPHABET, initializer_range=0.1, **size))
    config = LoraConfig(r=8, target_modules=["c_attn", "c_fc", "lm_head"], fan_in_fan_out=True, task_type="CAUSAL_LM")
    return get_peft_model(base, config)


def train(model, callbacks):
    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            output_dir=folder,
            per_device_train_batch_size=16,
            max_steps=max_steps,
            learning_rate=3e-2,
            report_to=[],
            save_strategy="no",
            logging_strategy="no",
            disable_tqdm=True,
            use_cpu=True,
        )
        Trainer(model, arguments, train_dataset=mine, callbacks=callbacks).train()


def accuracy(model):
    tokens = torch.stack([line["input_ids"] for line in test])
    model.eval()
    with torch.no_grad():
        return (model(tokens).logits[:, :-1].argmax(-1) == tokens[:, 1:]).float().mean().item()


alone = net()
train(alone, [])

model = net()
swarm_callback = SwarmCallback(syncFrequency=8, minPeers=min_peers, model=model, hfMode="peft")
train(model, [swarm_callback])

weights = b"".join(tensor.numpy().tobytes() for tensor in get_peft_model_state_dict(model).values())
print(
    f"accuracy alone {accuracy(alone):.1%}, in the swarm {accuracy(model):.1%},"
    f" final model {hashlib.sha256(weights).hexdigest()}"
)
