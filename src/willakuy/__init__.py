"""Willakuy: from the words of sources to a public record anyone can verify.

Each room (``statements``, ``ledger``, ``evidence``, ``reading``, ``linkage``, ``figures``, ``estimation``,
``casefile``, ``publication``, ``desk``, ``cli``) can be imported alone; docs/architecture.md draws the walls.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
