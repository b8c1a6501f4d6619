"""What the command line takes. Nothing heavy is imported here: `presszero --help` is instant."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace, _SubParsersAction
from collections.abc import Sequence

from presszero import __version__


class Command(ArgumentParser):
    """A parser that takes a folder after options as well as before them."""

    _mixing = False

    def parse_known_args(  # type: ignore[override]  # its overloads say the same
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        """The arguments in any order; of a command that has commands, the first word is one of them."""
        if self._mixing or self._subparsers is not None:
            return super().parse_known_args(args, namespace)
        self._mixing = True  # what follows calls this again, twice
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


def parser() -> ArgumentParser:
    """The parser of `presszero`."""
    top = Command(
        prog="presszero", description="A support bot whose dialogues are YAML, with a person one message away."
    )
    top.add_argument("--version", action="version", version=f"presszero {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    init = commands.add_parser("init", help="a new desk in a folder, from the demo desk's content")
    init.add_argument("dir", metavar="DIR")
    init.add_argument("--lang", default="", metavar="ru,en", help="languages of the desk, the first is the default")
    demo = commands.add_parser("demo", help="the demo desk in the browser, with its billing service")
    _serving(demo, desk=False)
    demo.add_argument(
        "--real-hours", action="store_true", help="keep the desk's hours instead of being open round the clock"
    )
    _serving(commands.add_parser("run", help="runs a desk"), desk=True)
    _publishing(commands)
    check = commands.add_parser("check", help="says what is wrong in a desk's files")
    _dir(check)
    check.add_argument("--format", choices=("text", "json", "github", "sarif"), default="text")
    check.add_argument("--strict", action="store_true", help="warnings are errors")
    check.add_argument("--prove", action="store_true", help="proves that nobody is left alone or goes round for ever")
    check.add_argument("--save", default="", metavar="FILE", help="with --prove: what breaks it as a failing test")
    check.add_argument("--lang", choices=("ru", "en"), default="")
    test = commands.add_parser("test", help="plays the desk's dialogue tests")
    _dir(test)
    test.add_argument("--format", choices=("text", "json", "junit"), default="text")
    test.add_argument("--only", default="", metavar="TEXT", help="tests whose name or file holds TEXT")
    test.add_argument(
        "--coverage", action="store_true", help="lists the steps, options and exits that no test went through"
    )
    test.add_argument("--watch", action="store_true", help="plays again when the desk's files change")
    test.add_argument("--lang", choices=("ru", "en"), default="")
    _pictures(commands)
    _chat(commands.add_parser("chat", help="talk to the desk in the terminal"))
    _operator(commands)
    schema = commands.add_parser("schema", help="JSON Schema of a desk's files, for editors")
    schema.add_argument("name", nargs="?", default="", help="which one; without it, the names")
    schema.add_argument("--write", action="store_true", help="writes all of them into the desk's schema/")
    _dir(schema, "--desk")
    form = commands.add_parser("fmt", help="puts files into one layout; comments stay, meaning never changes")
    form.add_argument("files", nargs="*", metavar="FILES", help="files or folders, the desk here if left out")
    form.add_argument("--check", action="store_true", help="changes nothing; 1 when something would change")
    form.add_argument("--lang", choices=("ru", "en"), default="")
    backup = commands.add_parser("backup", help="a copy of the database, also while the desk runs")
    backup.add_argument("file", metavar="FILE")
    _dir(backup, "--desk")
    _nlu(commands)
    _kb(commands)
    doctor = commands.add_parser("doctor", help="says what is wrong with this installation")
    _dir(doctor, "--desk")
    return top


def _nlu(commands: _SubParsersAction[Command]) -> None:
    """`presszero nlu`: checks phrases, parses a text, measures on files."""
    nlu = commands.add_parser("nlu", help="is the desk understood, and why")
    what = nlu.add_subparsers(dest="what", metavar="check|parse|evaluate|drift|import", required=True)
    check = what.add_parser("check", help="which intents are weak, mixed up or contradict each other")
    _dir(check)
    parse = what.add_parser("parse", help="what a text is taken for")
    parse.add_argument("text", metavar="TEXT")
    _dir(parse)
    parse.add_argument("--why", action="store_true", help="shows what was mended, the other intents and the values")
    evaluate = what.add_parser("evaluate", help="trains on one file of phrases and counts on another")
    evaluate.add_argument("--train", required=True, metavar="FILE", help="nlu.yml or JSON lines of text and intent")
    evaluate.add_argument("--test", required=True, metavar="FILE", help="the same; intent oos = fits none")
    evaluate.add_argument("--validation", default="", metavar="FILE", help="sets the threshold of refusal")
    evaluate.add_argument("--noise", choices=("typo", "layout", "translit", "caps"), default="", help="spoils the test")
    evaluate.add_argument("--encoder", default="", metavar="NAME", help="use, e5, fastembed or an address")
    for command in (parse, evaluate):
        command.add_argument("--language", choices=("ru", "en"), default="", help="of the texts")
    drift = what.add_parser("drift", help="what people ask that fits nothing, and how much is misunderstood")
    _dir(drift)
    drift.add_argument("--days", type=int, default=14, metavar="N", help="today and the days before it, 14 if left out")
    drift.add_argument("--limit", type=int, default=20, metavar="N", help="so many questions, 20 if left out")
    bring = what.add_parser("import", help="phrases of nlp.js, of Dialogflow or of a table, as files of nlu/")
    bring.add_argument("source", metavar="SOURCE", help="corpus.json, an export's .zip or folder, a .csv")
    _dir(bring)
    bring.add_argument("--language", choices=("ru", "en"), default="", help="of phrases that do not say theirs")
    bring.add_argument("--dry-run", action="store_true", help="shows what it would do")
    bring.add_argument("--yes", action="store_true", help="replaces a file that is there with another text")
    bring.add_argument("--lang", choices=("ru", "en"), default="")
    for command in (check, parse, evaluate, drift):
        command.add_argument("--format", choices=("text", "json"), default="text")
        command.add_argument("--lang", choices=("ru", "en"), default="")


def _operator(commands: _SubParsersAction[Command]) -> None:
    """`presszero operator`: people who answer, and their keys."""
    operator = commands.add_parser("operator", help="people who answer")
    operator.add_argument("what", choices=("add", "reset", "disable", "list", "key", "link", "signin"))
    operator.add_argument("name", nargs="?", default="")
    _dir(operator, "--desk")
    operator.add_argument("--shown", default="", help="the name customers see")
    operator.add_argument("--role", choices=("operator", "lead", "admin"), default=None)
    operator.add_argument("--queues", default="", help="queues, with commas; none = all")
    operator.add_argument("--url", default="", help="with signin: where the desk runs, if not at PUBLIC_URL")
    operator.add_argument("--password-stdin", action="store_true", help="reads the password from standard input")


def _publishing(commands: _SubParsersAction[Command]) -> None:
    """`publish`, `rollback`, `diff`."""
    publish = commands.add_parser("publish", help="shows what changes and who is inside, asks, and publishes")
    _dir(publish)
    publish.add_argument("--note", default="", help="what this publication is for")
    publish.add_argument("--share", type=int, default=100, metavar="PERCENT", help="a trial for a share of customers")
    publish.add_argument("--promote", action="store_true", help="the trial is for everybody from now on")
    publish.add_argument("--withdraw", action="store_true", help="ends the trial")
    publish.add_argument("--compare", action="store_true", help="the trial beside what runs")
    publish.add_argument("--yes", action="store_true", help="does not ask")
    back = commands.add_parser("rollback", help="what ran before runs again")
    back.add_argument(
        "number", nargs="?", type=int, default=None, metavar="N", help="a publication, the last one if left out"
    )
    _dir(back, "--desk")
    back.add_argument("--note", default="", help="why")
    back.add_argument("--list", action="store_true", help="shows what was published")
    back.add_argument("--yes", action="store_true", help="does not ask")
    for command in (publish, back):
        command.add_argument("--author", default="", help="whose name stands in the history")
        command.add_argument("--to", default="", metavar="URL", help="a desk elsewhere; its key is in PRESSZERO_KEY")
    diff = commands.add_parser("diff", help="what changes between two sets, in a lead's words")
    diff.add_argument("a", nargs="?", default="", metavar="A", help="a folder, a publication, a commit; else what runs")
    diff.add_argument("b", nargs="?", default="", metavar="B", help="the same; the folder here if left out")
    _dir(diff, "--desk")
    diff.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    for command in (publish, back, diff):
        command.add_argument("--lang", choices=("ru", "en"), default="")


def _chat(chat: ArgumentParser) -> None:
    _dir(chat)
    chat.add_argument("--lang", choices=("ru", "en"), default="")
    chat.add_argument(
        "--channel", choices=("web", "voice"), default="web", help="voice is a telephone: digits and time"
    )
    chat.add_argument(
        "--play", default="", metavar="FILE", help="plays the dialogue tests of a file, then goes on by hand"
    )


def _kb(commands: _SubParsersAction[Command]) -> None:
    """`presszero kb`: asks the articles, measures on files."""
    kb = commands.add_parser("kb", help="what the articles answer, and why")
    what = kb.add_subparsers(dest="what", metavar="search|evaluate|check|gaps|import|export", required=True)
    _kb_loop(what)
    search = what.add_parser("search", help="what the articles say to a question")
    search.add_argument("text", metavar="QUESTION")
    _dir(search)
    search.add_argument("--why", action="store_true", help="shows what was searched for, the scores and their parts")
    search.add_argument(
        "--as",
        dest="reader",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="who asks: segment, region, product or channel",
    )
    check = what.add_parser("check", help="what is wrong with the articles, and what could be better")
    _dir(check)
    check.add_argument("--strict", action="store_true", help="warnings give exit code 1 too")
    check.add_argument("--format", choices=("text", "json", "sarif", "github"), default="text")
    check.add_argument("--lang", choices=("ru", "en"), default="")
    evaluate = what.add_parser("evaluate", help="counts how often the right article is found, on files")
    evaluate.add_argument("--corpus", required=True, metavar="FILE", help="JSON lines of id, title and text")
    evaluate.add_argument("--queries", required=True, metavar="FILE", help="JSON lines of qid, text and gold")
    evaluate.add_argument("--negatives", default="", metavar="FILE", help="questions that no article answers")
    evaluate.add_argument(
        "--noise", choices=("typo1", "typo2", "layout", "translit"), default="", help="spoils questions"
    )
    evaluate.add_argument("--encoder", default="", metavar="NAME", help="e5 or use: finds by meaning too")
    for command in (search, evaluate):
        command.add_argument("--language", choices=("ru", "en"), default="", help="of the question")
        command.add_argument("--format", choices=("text", "json"), default="text")
        command.add_argument("--lang", choices=("ru", "en"), default="")


def _kb_loop(what: _SubParsersAction[Command]) -> None:
    """`presszero kb gaps`, `import` and `export`: what to write next; articles from elsewhere and away."""
    bring = what.add_parser("import", help="articles from Markdown, HTML, tables, Zendesk or Chatwoot")
    bring.add_argument(
        "source", nargs="?", default="", metavar="SOURCE", help="a folder of .md, a .html, .csv, .xlsx, .json"
    )
    _dir(bring, "--desk")
    bring.add_argument("--dry-run", action="store_true", help="says what it would write, writes nothing")
    bring.add_argument("--overwrite", action="store_true", help="writes over articles that have another text")
    bring.add_argument("--split", action="store_true", help="each heading of a page becomes an article")
    bring.add_argument("--undo", action="store_true", help="takes back the last import")
    bring.add_argument("--language", choices=("ru", "en"), default="", help="of articles that do not say it")
    bring.add_argument("--format", choices=("text", "json"), default="text")
    bring.add_argument("--lang", choices=("ru", "en"), default="")
    away = what.add_parser("export", help="copies the articles and their pictures")
    away.add_argument("to", metavar="FOLDER", help="a folder that is empty or not there yet")
    _dir(away, "--desk")
    away.add_argument("--lang", choices=("ru", "en"), default="")
    gaps = what.add_parser("gaps", help="what people asked that the articles did not answer")
    _dir(gaps)
    gaps.add_argument("--days", type=int, default=14, metavar="N", help="today and the days before it, 14 if left out")
    gaps.add_argument("--limit", type=int, default=20, metavar="N", help="so many gaps, 20 if left out")
    gaps.add_argument(
        "--articles", action="store_true", help="the articles' numbers instead, and whose turn it is to read"
    )
    gaps.add_argument("--format", choices=("text", "json"), default="text")
    gaps.add_argument("--lang", choices=("ru", "en"), default="")


def _pictures(commands: _SubParsersAction[Command]) -> None:
    """`presszero numbers` and `presszero graph`: a flow beside what happened in it, and as a picture."""
    numbers = commands.add_parser("numbers", help="what happened at each step, beside the lines of its file")
    numbers.add_argument("file", metavar="FILE", help="a flow's file, or its name")
    _dir(numbers, "--desk")
    numbers.add_argument("--days", type=int, default=7, metavar="N", help="today and the days before it, 7 if left out")
    numbers.add_argument("--lang", choices=("ru", "en"), default="")
    graph = commands.add_parser("graph", help="a flow as a picture")
    _dir(graph)
    graph.add_argument("flow", nargs="?", default="", metavar="FLOW", help="its name")
    graph.add_argument("--format", choices=("svg", "mermaid", "dot", "text"), default="svg")
    graph.add_argument("--around", default="", metavar="STEP", help="only what is near a step")
    graph.add_argument("--depth", type=int, default=2, metavar="N", help="how many exits away, 2 if left out")
    graph.add_argument("--out", default="", metavar="FOLDER", help="writes files, of all flows when none is named")
    graph.add_argument("--lang", choices=("ru", "en"), default="")


def _dir(command: ArgumentParser, name: str = "dir") -> None:
    if name == "dir":
        command.add_argument("dir", nargs="?", default=".", metavar="DIR", help="the desk's folder, here if left out")
    else:
        command.add_argument(name, dest="dir", default=".", metavar="DIR", help="the desk's folder")


def _serving(command: ArgumentParser, *, desk: bool) -> None:
    if desk:
        _dir(command, "--desk")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000)
    what = "serves the folder and follows its files" + (": for development" if desk else "")
    command.add_argument("--watch", action=BooleanOptionalAction, default=not desk, help=what)
    command.add_argument("--lang", choices=("ru", "en"), default="")
