"""What the forum desk says to operators, in both languages. Customers never see any of it."""

from __future__ import annotations

from typing import Any

_SAYS: dict[str, tuple[str, str]] = {
    "customer": ("Клиент", "Customer"),
    "bot": ("Бот", "Bot"),
    "note": ("Заметка, {by}", "Note, {by}"),
    "question": ("Вопрос", "Question"),
    "queue": ("Очередь", "Queue"),
    "ticket": ("Заявка №{number}", "Request No. {number}"),
    "due": ("ответить до {due}", "answer by {due}"),
    "answers": ("Отвечает", "Answered by"),
    "console": ("Открыть в консоли", "Open in the console"),
    "ru": ("русский", "Russian"),
    "en": ("английский", "English"),
    "web": ("чат на сайте", "chat on the site"),
    "voice": ("телефон", "phone"),
    "blocked": ("⛔ Клиент заблокировал бота: ответы не дойдут.", "⛔ The customer has blocked the bot: replies will not arrive."),
    "file": ("[файл {name}]", "[file {name}]"),
    "edited": ("✏️ Клиент изменил сообщение:", "✏️ The customer has changed a message:"),
    "doubt": (
        "⚠ Возможно, это уже приходило: связь прервалась, и дошло ли, неизвестно.",
        "⚠ This may have come already: the line broke, and nobody knows whether it arrived.",
    ),
    "second": (
        "⚠ Может быть и вторая, пустая тема: связь прервалась, пока тема создавалась.",
        "⚠ There may be a second, empty topic: the line broke while this one was made.",
    ),
    "again": ("↩ Клиент снова пишет, отвечает бот. /take, чтобы взять.", "↩ The customer writes again, the bot answers. /take takes it."),
    "moved": ("Разговор передан в другую очередь, его тема теперь в другой группе.",
              "The conversation went to another queue; its topic is in another group now."),
    "held": ("Разговор ведёт {by}. Ответ клиенту не ушёл.", "{by} holds the conversation. The customer did not get this."),
    "gone": ("Такого разговора больше нет.", "That conversation is not there any more."),
    "stranger": (
        ("{name}, вас здесь ещё не знают, поэтому клиент этого не получил. Возьмите код в консоли "
        "(или: presszero operator link ИМЯ) и напишите сюда: /link КОД"),
        ("{name}, nobody knows you here yet, so the customer did not get this. Take a code in the console "
        "(or: presszero operator link NAME) and write here: /link CODE"),
    ),
    "anonymous": (
        ("Вы пишете анонимно, от имени группы, и непонятно, кто отвечает. Клиент этого не получил. Снимите «Анонимность» "
        "в правах администратора или впишите оператора в channels.telegram_desk.anonymous."),
        ("You write anonymously, in the group's name, so it is unknown who answers. The customer did not get this. "
        "Turn off “Remain anonymous” in your administrator's rights, or name an operator in "
        "channels.telegram_desk.anonymous."),
    ),
    "linked": ("{by}, теперь ваши сообщения в темах уходят клиентам.", "{by}, what you write in topics now goes to customers."),
    "no_code": ("Такого кода нет, или он истёк. Возьмите новый.", "There is no such code, or it has expired. Take a new one."),
    "slow": ("Слишком много попыток. Подождите десять минут.", "Too many attempts. Wait ten minutes."),
    "help": (
        ("Просто напишите: клиент это получит. /note текст: заметка для своих. /take: взять. /bot: вернуть боту. "
        "/close: решено. /transfer очередь. /t имя: шаблон. /away и /here: не беру и снова беру."),
        ("Just write: the customer gets it. /note text: a note for colleagues. /take: take it. /bot: back to the bot. "
        "/close: solved. /transfer queue. /t name: a template. /away and /here: I take none, and take again."),
    ),
    "queues": ("Очереди: {names}", "Queues: {names}"),
    "templates": ("Шаблоны: {names}", "Templates: {names}"),
    "no_templates": ("Шаблонов нет: handoff/templates.yaml.", "There are no templates: handoff/templates.yaml."),
    "no_topic": ("Эта тема не связана с разговором.", "This topic belongs to no conversation."),
    "empty": ("После команды нужен текст.", "The command needs a text."),
    "file_refused": ("Файл не отправлен: такой тип не принимается или он не скачался.",
                     "The file was not sent: its type is not taken, or it did not come."),
    "file_large": ("Файл не отправлен: он больше {mb} МБ.", "The file was not sent: it is over {mb} MB."),
    "strange": ("Такое сообщение клиенту не передать.", "A message of this kind cannot be passed on."),
    "hidden_note": (
        "Строка похожа на заметку (/note), поэтому клиенту не ушло ничего. Заметку пришлите отдельно, с /note в начале.",
        "A line looks like a note (/note), so the customer got none of this. Send the note by itself, beginning with /note.",
    ),
    "not_edited": ("У клиента осталось старое: в его канале это уже не изменить.",
                   "The customer still has the old words: they cannot be changed there any more."),
    "away": ("Новые разговоры вас не ждут. /here, чтобы вернуться.", "New conversations do not wait for you. /here to come back."),
    "here": ("Новые разговоры снова ждут и вас.", "New conversations wait for you again."),
    "review": ("Пора перечитать статьи:", "Articles to be read again:"),
    "review_by": ("до {by}", "by {by}"),
    "nobody": ("Без владельца", "Without an owner"),
    "name": ("Имя", "Name"),
    "contract": ("Договор", "Contract"),
    "phone": ("Телефон", "Phone"),
    "email": ("Почта", "E-mail"),
    "contact": ("Контакт", "Contact"),
    "address": ("Адрес", "Address"),
    "tried": ("Показано", "Shown"),
    "flow": ("Тема", "Topic"),
    "last_question": ("Последний вопрос", "Last question"),
}  # fmt: skip


def word(name: str, lang: str, /, **values: Any) -> str:
    """One of the sentences."""
    ru, en = _SAYS[name]
    return (ru if lang == "ru" else en).format(**values)


def known(name: str, lang: str) -> str:
    """A name of a value in words; itself when we have no word for it."""
    return word(name, lang) if name in _SAYS else name.replace("_", " ")
