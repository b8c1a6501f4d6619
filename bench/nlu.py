"""How well texts are understood, beside nlp.js on the same rows: ``uv run python -m bench.nlu [--small] [--encoder NAME]``.

Public sets are read from ``$PRESSZERO_BENCH_DATA/nlu/`` (JSON lines of text and intent); they are not part of this
repository, and without them it says so. ``$PRESSZERO_BENCH_NLPJS`` names a folder where ``npm i node-nlp`` was done;
without it nlp.js is installed into a temporary one. ``$PRESSZERO_BENCH_RASA`` names a python where Rasa is installed: its
default pipeline is trained as well, once a set, with ten phrases an intent (minutes each). Each case runs in a process
of its own, on one thread, and the times are those of its processor: only ratios mean anything on another machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
NLPJS = "node-nlp@4.27.0"
NOISES = ("typo", "layout", "translit", "caps")
TEST = 1500  # rows that are asked
Row = dict[str, str]


class Goals(NamedTuple):
    """Accuracy with ten phrases an intent, and with all."""

    few: float
    full: float


class Data(NamedTuple):
    """A set: where its rows are, and what is wanted of it by default and with an encoder."""

    lang: str
    train: str
    test: str  # "": a part of the training half
    strangers: str
    goals: Goals
    with_encoder: Goals
    rasa: bool = False  # whether Rasa's default pipeline is trained on it


SETS = {
    "BANKING77": Data("en", "banking-train", "", "", Goals(0.74, 0.91), Goals(0.82, 0.93), rasa=True),
    "CLINC150": Data("en", "clinc-train", "clinc-val", "clinc-oos-val", Goals(0.83, 0.925), Goals(0.90, 0.95)),
    "MASSIVE-ru": Data(
        "ru", "massive_ru-train", "massive_ru-val", "", Goals(0.56, 0.835), Goals(0.68, 0.855), rasa=True
    ),
}
KEPT = {"typo": 0.98, "layout": 0.99, "translit": 0.97, "caps": 0.99}
KEPT_WITH_ENCODER = KEPT | {"typo": 0.96}
AUROC, AUROC_WITH_ENCODER = 0.95, 0.96
MOST = {"parse_p50_ms": 0.7, "parse_p99_ms": 3.0, "rss_added_mb": 60.0, "ece": 0.05}
MOST_WITH_ENCODER = {"parse_p50_ms": 7.0, "parse_p99_ms": 14.0, "rss_added_mb": 200.0, "ece": 0.05}
TRAIN_770, TRAIN_770_WITH_ENCODER, REPAIRED = 1.0, 3.0, 0.001


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of a file."""
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def split(folder: Path, data: Data, shots: int, seed: int, most: int) -> tuple[list[Row], list[Row], list[Row]]:
    """What is trained on, asked, and strange; the asked rows are the same for every seed and number of shots."""
    train = rows(folder, data.train)
    chance = random.Random(5)
    if data.test:
        asked = rows(folder, data.test)
        chance.shuffle(asked)
    else:
        chance.shuffle(train)
        asked, train = train[:TEST], train[TEST:]
    strangers = rows(folder, data.strangers) if data.strangers else []
    if shots:
        random.Random(seed).shuffle(train)
        by_intent: defaultdict[str, list[Row]] = defaultdict(list)
        for row in train:
            by_intent[row["intent"]].append(row)
        train = [row for found in by_intent.values() for row in found[:shots]]
    return train, asked[: min(most, TEST)], [{"text": row["text"], "intent": "oos"} for row in strangers]


def save(path: Path, made: Iterable[Row]) -> Path:
    """The rows as a file."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), "utf-8")
    return path


def ours(train: Path, test: Path, lang: str, noise: str, encoder: str) -> dict[str, Any]:
    """The command that everybody measures with."""
    command = [sys.executable, "-m", "presszero", "nlu", "evaluate", "--train", str(train), "--test", str(test)]
    command += ["--format", "json", "--language", lang]
    command += ["--noise", noise] if noise else []
    command += ["--encoder", encoder] if encoder else []
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | threads, cwd=HERE.parent
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def nlpjs() -> Iterator[Path | None]:
    """A folder where nlp.js is; None when it cannot be had."""
    given = os.environ.get("PRESSZERO_BENCH_NLPJS", "")
    if given or not (shutil.which("npm") and shutil.which("node")):
        yield Path(given).resolve() if given else None
        return
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, NLPJS]
        done = subprocess.run(command, capture_output=True, check=False)
        yield Path(folder) if done.returncode == 0 else None


def theirs(command: Sequence[str], train: Path, test: Path, lang: str) -> dict[str, Any]:
    """The same rows through another engine: the last line that its command prints."""
    from presszero.measure.marks import auroc

    done = subprocess.run([*command, lang, str(train), str(test)], capture_output=True, text=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    expected = [json.loads(line)["intent"] for line in test.read_text("utf-8").splitlines()]
    found = list(zip(expected, made.pop("found"), strict=True))
    inside = [(name, one) for name, one in found if name != "oos"]
    outside = [one[1] for name, one in found if name == "oos"]
    made["accuracy"] = sum(name == one[0] for name, one in inside) / len(inside)
    if outside:
        made["oos_auroc"] = auroc([one[1] for _, one in inside], outside)
    return made


class Bench:
    """One run: prints a line a case and remembers which goals were missed."""

    def __init__(self, data: Path, work: Path, encoder: str, other: Path | None, rasa: str) -> None:
        self._data, self._work, self._encoder = data, work, encoder
        self._other = ["node", str(HERE / "nlpjs.cjs"), str(other)] if other else []
        self._rasa = [rasa, str(HERE / "diet.py")] if rasa else []
        self.missed: list[str] = []

    def case(self, name: str, shots: int, seeds: range, most: int) -> None:
        """A set with so many phrases an intent (0: all), a mean over the seeds."""
        data = SETS[name]
        found: list[dict[str, Any]] = []
        peers: list[dict[str, Any]] = []
        for seed in seeds:
            train, asked, strange = split(self._data, data, shots, seed, most)
            trained = save(self._work / "train.jsonl", train)
            tested = save(self._work / "test.jsonl", [*asked, *strange])
            found.append(ours(trained, tested, data.lang, "", self._encoder))
            if self._other:
                peers.append(theirs(self._other, trained, tested, data.lang))
        mean = _mean(found)
        goals = data.with_encoder if self._encoder else data.goals
        row = f"{name} {f'{shots}-shot' if shots else 'full'}"
        self._tell(row, "accuracy", mean["accuracy"], least=goals.few if shots else goals.full)
        for figure, most_of in (MOST_WITH_ENCODER if self._encoder else MOST).items():
            self._tell(row, figure, mean[figure], most=most_of)
        if "oos_auroc" in mean:
            wanted = AUROC_WITH_ENCODER if self._encoder else AUROC
            self._tell(row, "oos_auroc", mean["oos_auroc"], least=None if shots else wanted)
        speed = TRAIN_770_WITH_ENCODER if self._encoder else TRAIN_770
        self._tell(row, "train_cpu_s", mean["train_cpu_s"], most=speed if name == "BANKING77" and shots else None)
        if peers:
            self._beside(row, "nlp.js", mean, _mean(peers))
        if shots and self._rasa and data.rasa:
            self._beside(row, "Rasa", mean, theirs(self._rasa, trained, tested, data.lang))

    def kept(self, name: str, most: int) -> None:
        """What noise leaves of the accuracy with ten phrases an intent."""
        data = SETS[name]
        train, asked, _ = split(self._data, data, 10, 0, most)
        trained, tested = save(self._work / "train.jsonl", train), save(self._work / "test.jsonl", asked)
        clean = ours(trained, tested, data.lang, "", self._encoder)["accuracy"]
        for noise in NOISES:
            spoilt = ours(trained, tested, data.lang, noise, self._encoder)["accuracy"]
            wanted = (KEPT_WITH_ENCODER if self._encoder else KEPT)[noise]
            self._tell(name, f"kept under {noise}", spoilt / clean, least=wanted if data.lang == "ru" else None)

    def repaired(self, lang: str, most: int) -> None:
        """Clean sentences whose words were changed; those that were misspelt in the data count as well."""
        from presszero.lang.repair import Repairer
        from presszero.lang.words import words

        known: defaultdict[str, int] = defaultdict(int)
        asked: list[str] = []
        for data in (one for one in SETS.values() if one.lang == lang):
            train, own, _ = split(self._data, data, 10, 0, TEST)
            asked += [row["text"] for row in own[:most]]
            for row in train:
                for word in words(row["text"]):
                    known[word] += 1
        repairer = Repairer(known)
        changed = [repairer.repair(text) for text in asked]
        wrong = [[(c.typed, c.read) for c in one.changes] for one in changed if one.changes]
        self._tell(f"clean {lang}", f"changed of {len(asked)}", len(wrong) / len(asked), most=REPAIRED)
        for one in wrong[:10]:
            print("   ", one)

    def _beside(self, row: str, who: str, mean: dict[str, float], peer: dict[str, float]) -> None:
        for figure in ("accuracy", "oos_auroc", "parse_p50_ms", "parse_p99_ms", "train_cpu_s", "peak_rss_mb"):
            if figure in mean and figure in peer:
                ratio = mean[figure] / peer[figure] if peer[figure] else float("inf")
                print(f"{row:22} {figure:20} {who:6} {peer[figure]:9.3f}   ours/theirs {ratio:6.2f}", flush=True)

    def _tell(
        self, row: str, figure: str, value: float, *, least: float | None = None, most: float | None = None
    ) -> None:
        bad = (least is not None and value < least) or (most is not None and value > most)
        wanted = f"  ≥ {least}" if least is not None else f"  ≤ {most}" if most is not None else ""
        print(f"{row:22} {figure:20} {value:16.4f}{wanted}{'  MISSED' if bad else ''}", flush=True)
        if bad:
            self.missed.append(f"{row}: {figure}")


def _mean(found: list[dict[str, Any]]) -> dict[str, float]:
    names = [name for name, value in found[0].items() if isinstance(value, int | float)]
    return {name: statistics.fmean(one[name] for one in found) for name in names}


def main() -> int:
    """Prints the table; 1 when a goal was missed."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--small", action="store_true", help="one seed, 300 texts, ten phrases an intent only")
    asked.add_argument("--encoder", default="", help="use, e5, fastembed or an address")
    asked.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    given = asked.parse_args()
    data = Path(os.environ.get("PRESSZERO_BENCH_DATA", "/nowhere")) / "nlu"
    if not data.is_dir():
        print("PRESSZERO_BENCH_DATA does not name a folder with nlu/*.jsonl: nothing is measured.")
        return 0
    most = 300 if given.small else TEST
    with tempfile.TemporaryDirectory() as folder, nlpjs() as other:
        if other is None:
            print("nlp.js cannot be had (node, npm or the network is missing): ours alone.")
        bench = Bench(data, Path(folder), given.encoder, other, os.environ.get("PRESSZERO_BENCH_RASA", ""))
        for name in given.sets:
            bench.case(name, 10, range(1 if given.small else 3), most)
            if not given.small:
                bench.case(name, 0, range(1), most)
        bench.kept("MASSIVE-ru", most)
        for lang in ("en", "ru"):
            bench.repaired(lang, 10**6)
    print("missed: " + ("; ".join(bench.missed) or "nothing"))
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
