"""Loading the knowledge: a folder of YAML files in, immutable values and a list of problems out."""

from bot.answering.problem import Problem, Severity

from .folder import Loaded, load, read_knowledge
from .source import Source

__all__ = ["Loaded", "Problem", "Severity", "Source", "load", "read_knowledge"]
