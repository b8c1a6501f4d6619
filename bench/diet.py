"""Rasa's default pipeline on the rows that ours is measured on: ``PYTHON diet.py LANG TRAIN TEST``; a JSON line of figures.

``PYTHON`` is one where Rasa is installed, so nothing of ours is imported here. One thread, as for everybody else.
"""

import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

CONFIG = """recipe: default.v1
language: {lang}
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: {epochs}
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
policies: []
"""
EPOCHS = 100  # as `rasa init` writes it
FALLBACK = "nlu_fallback"


def rows(path: str) -> list:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def project(folder: Path, lang: str, train: list) -> None:
    """The files of a bot that only understands; brackets would be entities."""
    plain = str.maketrans("[]{}", "()()")
    intents: dict = {}
    for row in train:
        intents.setdefault(row["intent"], []).append(" ".join(row["text"].translate(plain).split()))
    lines = ['version: "3.1"', "nlu:"]  # it looks for the line "nlu:", so JSON would not do
    for name, texts in intents.items():
        lines += [f"- intent: {json.dumps(name)}", "  examples: |", *(f"    - {text}" for text in texts)]
    (folder / "nlu.yml").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "domain.yml").write_text(json.dumps({"version": "3.1", "intents": list(intents)}), "utf-8")
    epochs = int(os.environ.get("PRESSZERO_BENCH_RASA_EPOCHS", EPOCHS))
    (folder / "config.yml").write_text(CONFIG.format(lang=lang, epochs=epochs), "utf-8")


async def ask(agent, asked: list) -> tuple:
    found, spent = [], []
    for row in asked:
        begun = time.process_time()
        parse = await agent.parse_message(row["text"])
        spent.append((time.process_time() - begun) * 1e3)
        best = [one for one in parse["intent_ranking"] if one["name"] != FALLBACK]
        found.append([best[0]["name"], best[0]["confidence"]] if best else ["", 0.0])
    return found, sorted(spent)


def main(lang: str, train: str, test: str) -> None:
    import tensorflow as tf
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project(folder, lang, rows(train))
        begun = time.process_time()
        made = train_nlu(
            config=str(folder / "config.yml"),
            nlu_data=str(folder / "nlu.yml"),
            domain=str(folder / "domain.yml"),
            output=str(folder / "models"),
        )
        trained = time.process_time() - begun
        found, spent = asyncio.run(ask(Agent.load(made), rows(test)))
    at = lambda share: spent[min(len(spent) - 1, int(share * len(spent)))]  # noqa: E731
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"train_cpu_s": trained, "parse_p50_ms": at(0.5), "parse_p99_ms": at(0.99), "peak_rss_mb": peak}
    print("\n" + json.dumps({**figures, "found": found}))


if __name__ == "__main__":
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1")
    main(*sys.argv[1:])
