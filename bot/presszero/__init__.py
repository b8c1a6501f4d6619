"""Press Zero: a support bot whose dialogues are YAML and whose way out to a person cannot be removed."""

__version__ = "0.1.0"
