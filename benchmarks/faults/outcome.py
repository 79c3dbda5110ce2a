"""What came of one part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[int], None]


@dataclass
class Outcome:
    """``caught`` tells of each seeded bug whether this part noticed it."""

    part: str
    about: str
    n: int = 0
    violations: list[str] = field(default_factory=list)
    caught: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    cpu_s: float = 0.0
    skipped: str = ""
    """Why nothing was done, where it could not be."""

    @property
    def is_good(self) -> bool:
        return bool(self.skipped) or (self.n > 0 and not self.violations and all(self.caught.values()))

    def line(self) -> str:
        """One line for the person watching."""
        if self.skipped:
            return f"{self.part}: skipped, {self.skipped}"
        bugs = ", ".join(f"{bug}: {n or 'NOT CAUGHT'}" for bug, n in self.caught.items())
        return f"{self.part}: {self.n:,} disturbed, {len(self.violations)} violations; seeded bugs: {bugs or 'none'}"

    def row(self) -> str:
        """One line of a Markdown table."""
        facts = "; ".join(f"{name} {n:,}" for name, n in self.facts.items())
        caught = f"{sum(map(bool, self.caught.values()))} of {len(self.caught)}"
        about = f"{self.about} ({facts})" if facts else self.about
        return f"| {self.part} | {self.n:,} | {len(self.violations)} | {caught} | {self.cpu_s:,.0f} | {about} |"

    def as_json(self) -> dict[str, object]:
        return {**vars(self), "ok": self.is_good}
