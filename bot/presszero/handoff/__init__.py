"""Who answers and by when: hours, queues, promises, categories, reply templates. Alone reads a desk's `handoff/`."""

from presszero.handoff.handoff import Handoff
from presszero.handoff.hours import Calendar
from presszero.handoff.load import load
from presszero.handoff.model import Category, Deadlines, Queue, ReplyTemplate, Sla, Stretch

__all__ = ["Calendar", "Category", "Deadlines", "Handoff", "Queue", "ReplyTemplate", "Sla", "Stretch", "load"]
