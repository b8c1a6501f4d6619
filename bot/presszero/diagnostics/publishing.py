"""PZ9xx: publishing while customers are inside."""

from presszero.diagnostics import Rule

_SAY = (
    (
        "Say what becomes of them in the flow: publish: {{in_flight: keep}} lets them finish, move takes them along "
        "(to a person where the step is gone), restart begins again."
    ),
    (
        "Скажите в сценарии, что с ними будет: publish: {{in_flight: keep}} даст закончить, move перенесёт "
        "(к человеку, если шага нет), restart начнёт сначала."
    ),
)

RULES = {
    "PZ901": Rule(
        "error",
        'The step "{id}" is removed while people stand on it: {people}.',
        "Шаг «{id}» удалён, а на нём сейчас стоят люди: {people}.",
        *_SAY,
    ),
    "PZ902": Rule(
        "error",
        'The slot "{slot}" was {old} and is {new} now, while people have given it: {people}.',
        "Слот «{slot}» был {old}, а стал {new}, а люди его уже заполнили: {people}.",
        *_SAY,
    ),
    "PZ903": Rule(
        "error",
        'The flow "{flow}" is removed while people are inside: {people}.',
        "Сценарий «{flow}» удалён, а внутри сейчас люди: {people}.",
        "Publish it once more with publish: {{in_flight: …}} in it, or wait until they have gone.",
        "Опубликуйте его ещё раз с publish: {{in_flight: …}} или дождитесь, пока они уйдут.",
    ),
}
