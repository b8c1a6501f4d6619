"""`presszero demo`: the demo desk with its billing service, no token and no edit needed."""

from __future__ import annotations

import os
import secrets
from argparse import Namespace

from presszero.cli.run_ import serve
from presszero.folders import shipped_desk


def run(arguments: Namespace) -> int:
    """Runs the demo until told to stop."""
    from pathlib import Path

    from presszero.demo.billing import serve_aside

    named = os.environ.get("PRESSZERO_DATA", "")
    data = Path(named).resolve() if named else Path.home() / ".local" / "share" / "presszero-demo"
    with serve_aside() as billing:
        env = {
            "SITE_SECRET": secrets.token_urlsafe(32),
            **os.environ,
            "BILLING_URL": billing.url,
            "BILLING_TOKEN": billing.token,
        }
        return serve(arguments, shipped_desk(), data, env, demo=True, always_open=not arguments.real_hours)
