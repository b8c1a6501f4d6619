"""How a desk runs: `config.yaml` and the environment. Secrets come from the environment alone and are never printed."""

from presszero.config.load import load
from presszero.config.model import Config, Endpoint, Files, Thresholds, Web
from presszero.config.secret import Secret

__all__ = ["Config", "Endpoint", "Files", "Secret", "Thresholds", "Web", "load"]
