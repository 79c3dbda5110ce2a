"""Sources: who they are, from whom they have what they say, and which count as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from willakuy.i18n import N_
from willakuy.publication.pages.documents import about_document
from willakuy.publication.site import Page, Site
from willakuy.statements.names import fold
from willakuy.statements.sources import DerivationBasis, Source

_BASIS = {
    DerivationBasis.declared: N_("it says so itself"),
    DerivationBasis.judged: N_("a person decided so"),
    DerivationBasis.detected: N_("a program found signs of it; nobody has decided"),
}


def pages(site: Site) -> Iterator[Page]:
    corpus, speech, text = site.record.corpus, site.speech, site.text
    n = Counter(corpus.document[s.document_id].source_id for s in corpus.statements)
    ordered = sorted(corpus.sources, key=lambda s: (fold(speech.source(s)), s.source_id))
    rows = [
        {
            "id": s.source_id,
            "name": speech.source(s),
            "kind": speech.term("source_kind", s.kind),
            "derives": derives(site, s),
            "n": n[s.source_id],
        }
        for s in ordered
    ]
    families = [
        [{"id": s, "name": speech.source_id(s)} for s in family.sources if s in corpus.source]
        for family in site.record.answers.families
    ]
    lead = speech.plural(N_("{n} source."), N_("{n} sources."), len(rows))
    yield Page(
        "s/index.html", "sources", "sources", text(N_("Sources")), {"lead": lead, "sources": rows, "families": families}
    )
    for source in corpus.sources:
        yield _page(site, source)


def derives(site: Site, source: Source) -> list[dict[str, Any]]:
    known = site.record.corpus.source
    return [
        {
            "id": d.from_source if d.from_source in known else None,
            "words": d.words or (site.speech.source_id(d.from_source) if d.from_source else ""),
            "basis": site.text(_BASIS[d.basis]),
        }
        for d in source.derives_from
    ]


def _page(site: Site, source: Source) -> Page:
    corpus, speech = site.record.corpus, site.speech
    copied = [s for s in corpus.sources if any(d.from_source == source.source_id for d in s.derives_from)]
    documents = [d for d in corpus.documents if d.source_id == source.source_id]
    context = {
        "kind": speech.term("source_kind", source.kind),
        "criteria": source.criteria,
        "derives": derives(site, source),
        "copied": [{"id": s.source_id, "name": speech.source(s)} for s in copied],
        "note": source.note,
        "documents": [
            {"id": d.document_id, "title": d.title or speech.source(source), "about": about_document(site, d)}
            for d in documents
        ],
    }
    return Page(f"s/{source.source_id}.html", "source", "sources", speech.source(source), context)
