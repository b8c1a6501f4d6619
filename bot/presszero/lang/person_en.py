"""The English words around a request for a person, by what they do in it (the letters are explained in person.py)."""

from __future__ import annotations

import re

CLASSES = """
P operator operators human humans person persons people agent agents representative representatives rep reps manager managers
P supervisor supervisors advisor advisors adviser advisers specialist specialists consultant consultants employee employees
S support
P colleague colleagues associate associates csr staffer staff attendant dispatcher helpdesk being superior boss
L alive live real actual living breathing
B bot bots robot robots chatbot chatbots machine machines ai computer computers automated recording ivr
h how
b without no besides except
m answer help respond reply assist join
u let
n not refuse don't dont never won't wont didn't doesn't shouldn't
C connect transfer put get give gimme switch hand pass bring escalate route redirect forward summon fetch patch call send find
C page assign show transferring connecting putting handing
T talk speak chat contact reach discuss converse communicate explain go tlak speek
t talking speaking chatting connected transferred escalated
W want wanna would like can could may prefer wish demand must rather gotta have trying try love insist require request
W hoping possible ask
N need needs needed require where wanted
H stop enough sick tired fed hate kill turn disable skip cut
e there here available around anybody-there
q someone somebody anyone anybody
s to from with through on over for up in at by onto into
y you i we he she they this it that's id i'd i'll we'd it's i'm you're
l whether if
g pc code number id exchange
d many several few two three four five six seven eight nine ten hundred
o another other new different
k a an the any your some one first available next technical tech customer service sales billing senior english speaking proper
k qualified competent nice of department team care shift
r who that which whose
f me us please pls plz now just right away immediately asap already directly instead again quickly finally and or but so then
f really urgently here ok okay hello hi hey well yes no yo be today still line phone chat back off more do thanks man dear sir
f because straight also soon only my
"""
FINITE = re.compile(
    r"(?:is|are|was|were|said|says|told|did|does|has|had|came|hung|went|spoke|gave|got|kept|made|will)|[a-z]{3,}ed"
)
PHRASES = (
    (
        re.compile(
            r"\bcustomer (?:service|support|care)\b|\btech(?:nical)? support\b|\bhelp desk\b|\blive (?:chat|help)\b"
        ),
        "support",
    ),
    (
        re.compile(r"\b(?:human being|member of staff|staff member|team member|support (?:agent|person|rep|staff))\b"),
        "human",
    ),
    (re.compile(r"\bmember of (?:the )?human\b"), "human"),
    (re.compile(r"\b\w+ speaking (?=agent|operator|person|rep)"), "qualified "),
    (re.compile(r"\bin touch\b"), ""),
    (re.compile(r"\ba (?:quick )?word (?=with\b)"), "talk "),
    (re.compile(r"\b(?:in|out|over) there\b"), "here"),
    (
        re.compile(r"\b(?:transfer|escalate) me(?=(?: now| please| already| immediately| right away| asap)*$)"),
        "transfer me to human",
    ),
    (re.compile(r"\b(?:can't|cant|couldn't|can not) (i|we)\b"), r"can \1"),
    (
        re.compile(r"\bhuman (agent|operator|person|representative|rep|support|assistant|assistance|help)\b"),
        r"live human",
    ),
    (re.compile(r"\b(?:virtual|automated|digital) (?:assistant|system|agent)\b"), "bot"),
    (re.compile(r"\b(?:is|are) there\b"), "here"),
    (re.compile(r"\bdo you (?:guys )?have\b"), "here"),
    (re.compile(r"\b(?:i'd|we'd) (?:like|love|prefer|rather)\b"), "would like"),
)
