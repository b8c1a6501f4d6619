"""100,000 phrases: ``python -m tests.nlu.battery``. Training ends in bounded time and memory, and understands as well as before."""

import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from presszero import nlu
from presszero.nlu.evaluate import evaluate

ROOT = Path(__file__).parents[2]
PHRASES, SECONDS, MEGABYTES = 100_000, 300, 2000


def rows() -> list[tuple[str, str]]:
    """The demo's phrases, and as many crossed ones of an intent as are wanted."""
    chance = random.Random(1)
    own = [(p.text.split(), p.intent) for p in nlu.read(ROOT).trained if not p.intent.startswith("category/")]
    by_intent: dict[str, list[list[str]]] = {}
    for words, intent in own:
        by_intent.setdefault(intent, []).append(words)
    made = {" ".join(words): intent for words, intent in own}
    while len(made) < PHRASES:
        words, intent = chance.choice(own)
        other = chance.choice(by_intent[intent])
        third = chance.choice(by_intent[intent])
        made.setdefault(" ".join([*words[: len(words) // 2], *other[len(other) // 2 :], *third[:2]]), intent)
    return list(made.items())


def main() -> int:
    """1 when it took too long or too much."""
    with tempfile.TemporaryDirectory() as folder:
        train, test = Path(folder) / "train.jsonl", Path(folder) / "test.jsonl"
        train.write_text("\n".join(json.dumps({"text": t, "intent": i}) for t, i in rows()), "utf-8")
        held = [p for p in nlu.read(ROOT).held_out if p.intent != "oos"]
        test.write_text("\n".join(json.dumps({"text": p.text, "intent": p.intent}) for p in held), "utf-8")
        begun = time.monotonic()
        data = evaluate(train, test, validation=None, lang="ru", noise="").as_data()
        took = time.monotonic() - begun
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures = {"phrases": PHRASES, "wall_s": round(took), "train_cpu_s": data["train_cpu_s"], "train_mb": round(child)}
    figures |= {"peak_rss_mb": data["peak_rss_mb"], "accuracy": data["accuracy"], "parse_p99_ms": data["parse_p99_ms"]}
    print(json.dumps(figures))
    return int(data["train_cpu_s"] > SECONDS or max(child, data["peak_rss_mb"]) > MEGABYTES or data["accuracy"] < 0.7)


if __name__ == "__main__":
    sys.exit(main())
