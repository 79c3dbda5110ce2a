"""What every proposer offers, and how the installed ones are found: by entry points of the group ``willakuy.proposers``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol

from willakuy.i18n import N_
from willakuy.reading.errors import ProposerNotReady, ProposerUnknown, SettingUnknown
from willakuy.reading.layers import TextLayer
from willakuy.reading.values import Proposed, ProposerIdentity
from willakuy.statements.dates import PartialDate

GROUP = "willakuy.proposers"

Options = Mapping[str, str]


class Proposer(Protocol):
    """Reads a text layer and proposes statements. It records nothing and accepts nothing.

    One that already found out that the text does not say something may keep that in an attribute ``refused``.
    """

    @property
    def identity(self) -> ProposerIdentity: ...

    def propose(self, layer: TextLayer, *, published: PartialDate | None = None) -> Sequence[Proposed]:
        """Statements whose words stand in ``layer.text`` at their offsets; others are refused afterwards."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposer that can be had. An entry point names one of these, or any callable without arguments that makes one.

    ``about`` and the values of ``options`` (what can be set, and what it means) are messages. ``lacks`` says what is not
    there yet ("the package …"), or ``None``. ``make`` takes the options as text.
    """

    name: str
    about: str
    make: Callable[[Options], Proposer]
    options: Mapping[str, str]
    lacks: Callable[[], str | None] = lambda: None


def _rules(_options: Options) -> Proposer:
    from willakuy.reading.proposers.rules import RulesProposer

    return RulesProposer()


def _crf(options: Options) -> Proposer:
    from willakuy.reading.proposers.crf import CrfProposer

    return CrfProposer.of(options)


def _llm(options: Options) -> Proposer:
    from willakuy.reading.proposers.llm import LlmProposer

    return LlmProposer.of(options)


def _gliner(options: Options) -> Proposer:
    from willakuy.reading.proposers.spans import gliner_proposer

    return gliner_proposer(options)


def _spacy(options: Options) -> Proposer:
    from willakuy.reading.proposers.spans import spacy_proposer

    return spacy_proposer(options)


def package_lacks(module: str, package: str) -> Callable[[], str | None]:
    """``lacks`` for a proposer that works when ``module`` can be imported."""

    def lacks() -> str | None:
        from importlib.util import find_spec

        return None if find_spec(module) else package

    return lacks


_BUILT_IN: dict[str, Offer] = {
    offer.name: offer
    for offer in (
        Offer("rules", N_("Rules for Spanish and English; no model, no network."), _rules, {}),
        Offer(
            "crf",
            N_("A small model trained on statements you accepted; no network."),
            _crf,
            {"model": N_("the file that “willakuy train” made")},
            package_lacks("pycrfsuite", "willakuy[train]"),
        ),
        Offer(
            "llm",
            N_(
                "A language model behind an OpenAI-compatible address (Ollama, llama.cpp, vLLM), on this machine unless you say otherwise."
            ),
            _llm,
            {
                "endpoint": N_("address, http://127.0.0.1:11434/v1 when not set"),
                "model": N_("name of the model; needed"),
                "remote": N_("“yes” sends the document to another machine"),
                "seed": N_("seed of the model, 0 when not set"),
                "wait": N_("seconds to wait for one answer, 120 when not set"),
                "key-from": N_("name of the environment variable that holds the access key"),
            },
            package_lacks("httpx", "willakuy[llm]"),
        ),
        Offer(
            "gliner",
            N_("A GLiNER model for names, victims and those blamed; downloaded by you, run here."),
            _gliner,
            {"model": N_("folder of the model; needed"), "threshold": N_("least score kept, 0.5 when not set")},
            package_lacks("gliner", "gliner"),
        ),
        Offer(
            "spacy",
            N_("A spaCy pipeline of yours, by its entity labels."),
            _spacy,
            {"model": N_("name or folder of the pipeline; needed")},
            package_lacks("spacy", "spacy"),
        ),
    )
}


def offers() -> tuple[Offer, ...]:
    """Every proposer that can be asked for, built-in ones first; those of other packages are not imported yet."""
    others = {e.name: e for e in entry_points(group=GROUP) if e.name not in _BUILT_IN}
    return (*_BUILT_IN.values(), *(_of_entry(others[name]) for name in sorted(others)))


def known_proposers() -> tuple[str, ...]:
    """Names that ``proposer`` answers to, built-in ones first."""
    return tuple(offer.name for offer in offers())


def proposer(name: str = "rules", options: Options | None = None) -> Proposer:
    """The proposer of that name, ready to work.

    Args:
        options: what ``Offer.options`` names, as text; nothing else is accepted.

    Raises:
        ProposerUnknown: none is installed. SettingUnknown: it has no such option.
        ProposerNotReady: it lacks a model, a package or an address.
    """
    offer = _BUILT_IN.get(name) or next((o for o in offers() if o.name == name), None)
    if offer is None:
        raise ProposerUnknown(name=name, known=", ".join(known_proposers()))
    given = dict(options or {})
    for key in given:
        if offer.options and key not in offer.options:
            raise SettingUnknown(name=name, key=key, known=", ".join(offer.options))
    lacking = offer.lacks()
    if lacking:
        raise ProposerNotReady(name=name, reason=lacking, remedy=f"pip install '{lacking}'")
    return offer.make(given)


def _of_entry(entry: object) -> Offer:
    """The offer behind an entry point; its package is imported only when it is made."""
    name = str(getattr(entry, "name", ""))

    def make(options: Options) -> Proposer:
        try:
            loaded = entry.load()  # type: ignore[attr-defined]
        except ImportError as e:
            raise ProposerNotReady(name=name, reason=str(e), remedy="") from e
        made: Proposer = loaded.make(options) if isinstance(loaded, Offer) else loaded(**options)
        return made

    return Offer(name, N_("From another package."), make, {})
