"""The proof of a large desk: 200 flows of 20 steps, beside the demo. `python -m bench.prove`."""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

from presszero import desk, flows
from presszero.check.lint import lint
from presszero.check.prove import prove
from presszero.dialogue.flow import Service
from presszero.flows.model import Known, Loaded

ROOT = Path(__file__).resolve().parents[1]
FLOWS = 200
MOST_SECONDS, MOST_MIB = 60.0, 1024

_FLOW = """format: 1
flow: {name}
title: {{ru: "Дело {n}", en: "Matter {n}"}}
queue: care
starts_on:
  intents: [{name}]
slots:
  contract: {{type: digits, min: 6, max: 10, remember: customer}}
  score: {{type: rating, min: 1, max: 5}}
  details: text
steps:
  - {{id: contract, ask: contract, text: {{ru: "Номер?", en: "Number?"}}, dont_know: advice}}
  - id: line
    http: billing.line
    with: {{contract: "${{contract}}"}}
    save: line
    not_found: {{step: contract, max: 2, then: advice}}
    failed: advice
  - {{id: sort, when: [{{if: {{line.outage: yes}}, go: outage}}, {{if: {{line.debt: {{above: 0}}}}, go: debt}}], else: advice}}
  - {{id: outage, say: {{ru: "Авария.", en: "An outage."}}, go: more}}
  - {{id: debt, say: {{ru: "Долг ${{line.debt}}.", en: "A debt of ${{line.debt}}."}}, go: more}}
  - {{id: advice, kb: {{ru: "дело", en: "matter"}}, nothing: kind, several: kind}}
  - id: kind
    menu: kind
    text: {{ru: "Что именно?", en: "What exactly?"}}
    options:
      - {{value: red, label: {{ru: "Красное", en: "Red"}}, go: who}}
      - {{value: blue, label: {{ru: "Синее", en: "Blue"}}, go: score}}
      - {{value: other, label: {{ru: "Иное", en: "Something else"}}, go: {{flow: {next}}}}}
    none_of_these: details
  - {{id: who, when: [{{if: {{customer.verified: yes}}, go: score}}], else: prove}}
  - {{id: prove, call: verify}}
  - {{id: proved, when: [{{if: {{customer.verified: yes}}, go: score}}], else: details}}
  - {{id: score, ask: score, text: {{ru: "Сколько?", en: "How much?"}}}}
  - {{id: judge, when: [{{if: {{score: {{at_most: 2}}}}, go: details}}, {{if: {{kind: blue}}, go: blue}}], else: known}}
  - {{id: blue, say: {{ru: "Синее.", en: "Blue."}}, go: more}}
  - {{id: known, when: [{{if: {{open: support}}, go: more}}], else: details}}
  - {{id: details, ask: details, optional: true, text: {{ru: "Подробнее?", en: "Tell more?"}}}}
  - {{id: filled, when: [{{if: {{filled: details}}, go: request}}], else: person}}
  - id: request
    ticket: create
    category: callback
    fields: {{details: "${{details}}"}}
    save: t
    notify: [accepted, status_changed, resolved]
  - {{id: told, say: {{ru: "Заявка №${{t.number}}.", en: "Request ${{t.number}}."}}, go: more}}
  - id: more
    menu: more
    text: {{ru: "Что ещё?", en: "What else?"}}
    options:
      - {{value: fine, label: {{ru: "Больше ничего", en: "Nothing"}}, go: end}}
      - {{value: again, label: {{ru: "Сначала это", en: "This again"}}, go: {{step: kind, max: 3, then: person}}}}
  - {{id: person, go: {{flow: to_operator}}}}
"""
_GIVES = {"outage": "yes_no", "eta_h": "number", "debt": "number"}


def large(count: int = FLOWS) -> Loaded:
    """A desk of many flows, each with every kind of step, around the demo's own shared ones."""
    names = [f"matter_{n}" for n in range(count)]
    shared = ("_common", "to_operator", "rate_us", "verify")
    files = {f"flows/{n}.yaml": (ROOT / "flows" / f"{n}.yaml").read_bytes() for n in shared}
    files["flows/_common.yaml"] = files["flows/_common.yaml"].replace(b"home: welcome\n", b"")
    for n, name in enumerate(names):
        words = {"name": name, "n": n, "next": names[(n + 1) % count]}
        files[f"flows/{name}.yaml"] = _FLOW.format_map(words).encode()
    hand = files["flows/to_operator.yaml"]
    files["flows/to_operator.yaml"] = hand.replace(b"contract, address, lights, phone, ", b"contract, ")
    services = {"billing.line": Service("billing.line", {"contract": "digits"}, _GIVES)}
    return flows.load_files(files, Known(services=services, intents=frozenset(names)))


def main() -> int:
    """Measures."""
    small = desk.read(ROOT, os.environ).flows.draft
    began = time.perf_counter()
    proof = prove(small)
    print(
        f"demo: {proof.steps} steps, {proof.spots} states, {time.perf_counter() - began:.2f} s, {len(proof.faults)} faults"
    )
    began = time.perf_counter()
    loaded = large()
    wrong = [f.line() for f in (*loaded.findings, *lint(loaded)) if f.severity == "error"]
    read = time.perf_counter() - began
    began = time.perf_counter()
    spent = time.process_time()
    proof = prove(loaded.draft)
    took, spent = time.perf_counter() - began, time.process_time() - spent
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps = sum(len(f.steps) for f in loaded.draft.flows.values())
    print(
        f"large: {proof.flows} flows, {steps} steps, {proof.spots} states, {proof.ways} ways, {len(proof.faults)} faults, "
        f"{len(wrong)} errors; read and rules {read:.1f} s, proof {took:.1f} s ({spent:.1f} s of processor), {mib:.0f} MiB"
    )
    print("\n".join(wrong[:5]))
    return 0 if took <= MOST_SECONDS and mib <= MOST_MIB and not proof.faults else 1


if __name__ == "__main__":
    sys.exit(main())
