"""Public holidays of a country, from the `holidays` library: Russia's moved days are its work, not ours.

The library takes a third of a second to import, so it must never be imported before a calendar that has `holidays:` is
asked for its hours; whether a country exists is read from the time-zone database's table.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files


@cache
def countries() -> frozenset[str]:
    """The two-letter codes that `holidays:` takes."""
    table = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text("utf-8")
    return frozenset(line[:2] for line in table.splitlines() if not line.startswith("#"))


@cache
def days_off(country: str, year: int) -> frozenset[date]:
    """The days of a year on which a country does not work."""
    import holidays

    return frozenset(holidays.country_holidays(country, years=year))
