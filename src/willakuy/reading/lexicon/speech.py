"""Verbs and phrases that report what someone says, by what they take after them.

``say`` takes a quotation or a clause ("said that …"); ``ask`` takes what is asked for ("urged the ministry to …");
``hold`` takes a clause of belief or wish ("fears that …"); ``judge`` takes whom or what is spoken of ("condemned the
…"). ``deny`` and ``withdraw`` are kinds of saying that undo what somebody said before.
"""

from __future__ import annotations

from willakuy.reading.lexicon.inflection import english, spanish
from willakuy.reading.lexicon.word_lists import words

_EN = {
    "say": "say tell state declare announce report explain note add remark comment observe argue claim assert allege insist maintain contend affirm "
    "reiterate stress emphasize emphasise underline underscore highlight point reveal disclose admit acknowledge concede confess recall recount "
    "relate narrate testify describe write tweet post reply respond answer counter warn caution predict forecast suggest imply hint conclude "
    "continue confirm clarify specify detail mention indicate inform assure promise pledge vow swear joke quip whisper shout yell chant cry "
    "lament complain boast brag charge estimate calculate learn repeat summarize summarise muse opine reckon denounce proclaim pronounce "
    "tell express voice cite quote recommend propose advise remind signal guarantee interject exclaim elaborate echo document find show read "
    "publish agree grumble scoff identify communicate bemoan ponder grouse interrupt recollect",
    "ask": "urge demand ask request beg plead implore exhort appeal call order instruct require encourage challenge invite petition",
    "hold": "believe think want hope expect fear suspect feel doubt know consider assume understand worry wish prefer plan intend seek see view refuse decline "
    "decide wonder regard deem anticipate favor favour seem appear mean try",
    "judge": "criticize criticise praise condemn accuse blame defend dismiss reject support oppose endorse back blast slam attack mock welcome question "
    "decry deplore deride ridicule bash tout hail discuss address thank credit compare characterize characterise label dub portray paint lambast "
    "lambaste rap applaud commend celebrate advocate protest disavow refer cast approve list recognize recognise",
    "deny": "deny refute dispute rebut disprove",
    "withdraw": "retract withdraw rectify correct disown",
}
_ES = {
    "say": "decir afirmar asegurar senalar indicar manifestar declarar informar expresar explicar sostener agregar anadir precisar "
    "detallar comentar contar relatar narrar recordar reiterar subrayar enfatizar destacar resaltar remarcar recalcar advertir alertar "
    "anunciar revelar confesar admitir reconocer confirmar aclarar responder contestar replicar insistir mencionar apuntar acotar "
    "aseverar argumentar argüir alegar referir testimoniar testificar escribir tuitear publicar concluir continuar prosiguir proseguir "
    "exponer denunciar lamentar opinar considerar estimar calcular reportar comunicar notificar constatar sugerir proponer recomendar "
    "prometer garantizar jurar gritar exclamar murmurar repetir ratificar puntualizar sentenciar especificar concluir documentar predecir "
    "identificar senalar mostrar demostrar describir cuestionar cifrar",
    "ask": "pedir exigir solicitar demandar reclamar rogar suplicar instar exhortar urgir invocar convocar emplazar implorar ordenar pedir",
    "hold": "creer pensar querer esperar temer sospechar dudar saber considerar desear suponer prever buscar",
    "judge": "criticar condenar acusar culpar responsabilizar rechazar respaldar apoyar defender repudiar deplorar cuestionar saludar agradecer felicitar "
    "elogiar calificar tildar imputar atribuir",
    "deny": "negar desmentir descartar refutar rechazar",
    "withdraw": "rectificar corregir retractar enmendar",
}
_TOO_COMMON = frozenset(
    # Forms that are far more often something else in running text.
    [
        "point",
        "points",
        "cry",
        "post",
        "posts",
        "back",
        "order",
        "orders",
        "list",
        "lists",
        "charge",
        "charges",
        "address",
        "read",
        "show",
        "shows",
        "view",
        "see",
        "plan",
        "plans",
        "cast",
        "rap",
        "support",
        "question",
        "questions",
        "attack",
        "attacks",
        "challenge",
        "detail",
        "details",
        "report",
        "reports",
        "call",
        "calls",
        "demand",
        "demands",
        "claim",
        "claims",
        "request",
        "requests",
        "appeal",
        "appeals",
        "estimate",
        "estimates",
        "note",
        "notes",
        "comment",
        "comments",
        "promise",
        "promises",
        "protest",
        "protests",
        "credit",
        "label",
        "mean",
        "means",
        "try",
        "tries",
        "dispute",
        "disputes",
        "cuenta",
        "cuentan",
        "demanda",
        "demandas",
        "denuncia",
        "denuncias",
        "informa",
        "considerado",
        "consideradas",
        "apoyo",
        "cuestionado",
        "publicado",
        "publicada",
        "referido",
        "referida",
        "referidos",
        "convocado",
        "convocada",
        "recuerdo",
        "rechazo",
        "busca",
        "buscan",
        "muestra",
        "muestran",
        "calculo",
        "comunicado",
        "comunicada",
        "estimado",
        "testimonio",
        "contado",
        "demandado",
        "acusado",
        "acusados",
        "acusada",
        "pedido",
        "pedidos",
        "jurado",
        "buscado",
        "buscando",
        "buscaba",
        "buscaban",
        "corregido",
        "escrito",
        "escritos",
        "apunta",
        "reclamo",
        "reclamos",
        "calificado",
        "defendido",
        "esperado",
        "esperada",
        "querido",
        "querida",
        "queridos",
        "identificado",
        "identificada",
        "identificados",
        "identificadas",
        "buscar",
        "apoyado",
        "expuesto",
        "indicado",
        "descrito",
        "descrita",
        "detallado",
        "declarado",
        "declarada",
        "reconocido",
        "reconocida",
        "reconocidos",
        "alegado",
        "anunciado",
        "anunciada",
        "denunciado",
        "reportado",
        "reportada",
        "reportados",
        "reportadas",
        "confirmado",
        "confirmada",
        "confirmados",
        "confirmadas",
        "estimada",
        "dicho",
        "informado",
        "informada",
        "continua",
        "continuan",
        "continuo",
        "concluido",
        "condenado",
        "condenados",
        "solicitado",
        "solicitada",
        "exigido",
        "lamento",
        "cifra",
        "cifras",
        "ordenado",
        "conocido",
        "sugerido",
        "propuesto",
        "recomendado",
        "concluida",
    ]
)
NOUN_READINGS = frozenset(["point", "points", "cry", "post", "posts", "back", "order", "orders", "list", "lists", "charge", "charges", "address", "show", "shows", "view", "plan", "plans", "cast", "support", "question", "questions", "attack", "attacks", "challenge", "detail", "details", "report", "reports", "call", "calls", "demand", "demands", "claim", "claims", "request", "requests", "appeal", "appeals", "estimate", "estimates", "note", "notes", "comment", "comments", "promise", "promises", "protest", "protests", "credit", "label", "dispute", "disputes", "cuenta", "demanda", "demandas", "denuncia", "denuncias", "apoyo", "muestra", "calculo", "comunicado", "testimonio", "pedido", "pedidos", "rechazo", "reclamo", "reclamos", "lamento", "cifra", "cifras", "state", "states", "voice", "voices", "guarantee", "guarantees", "tweet", "tweets", "find", "finds", "finding", "reading", "saying", "feeling", "hearing", "showing", "meaning", "understanding", "writing", "posting", "warning", "warnings"])  # fmt: skip
"""Forms that are also nouns: a verb only where a subject stands before them and no article does."""

PARTICIPLES_ES = frozenset(
    form for form in _TOO_COMMON if form.endswith(("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "dicho"))
)

CUES: dict[str, str] = {}
for _classes, _inflect in ((_EN, english), (_ES, spanish)):
    for _kind, _lemmas in _classes.items():
        for _lemma in _lemmas.split():
            for _form in _inflect(_lemma):
                CUES.setdefault(_form, _kind)
for _form in (
    "may",
    "found",
    "esperan",
    "bash",
    "rap",
    "raps",
    "paint",
    "try",
    "mean",
    "sing",
    "meaning",
    "means",
    "cast",
    "list",
    "lists",
    "casting",
):
    CUES.pop(_form, None)
del _classes, _inflect, _kind, _lemmas, _lemma, _form
CUES.update({"found": "say", "according": "according", "segun": "according", "acuerdo": "according"})

TELLS_A_TOLL = (
    words(
        "elevo elevaron eleva elevan subio redujo redujeron actualizo actualizaron situo situaron contabilizo contabilizaron contabiliza registro registraron "
        "raised lowered revised updated put puts tallied counted recorded"
    )
    - CUES.keys()
)
TOLLS = words(
    "cifra cifras balance numero saldo total conteo recuento muertos fallecidos heridos victimas toll tally number dead deaths killed injured wounded casualties"
)
"""With a verb of the first and a noun of the second after it, somebody publishes a figure: "La Cruz Roja elevó a 12 la cifra de muertos"."""
CUES.update(dict.fromkeys(TELLS_A_TOLL, "say"))

GERUNDS = frozenset(form for form in CUES if form.endswith(("ing", "ando", "iendo", "yendo")))
INFINITIVES_ES = frozenset(form for form in CUES if form.endswith(("ar", "er", "ir")))

STRONG = frozenset(
    [
        *(f for lemma in ["say", "tell", "state", "declare", "announce", "explain", "add", "remark", "argue", "insist", "reiterate", "stress", "emphasize", "write", "tweet", "reply", "respond", "warn", "confirm", "assert", "contend", "urge", "beg", "exhort", "admit", "acknowledge", "conclude", "describe"] for f in english(lemma)),
        *(f for lemma in ["decir", "afirmar", "asegurar", "senalar", "indicar", "manifestar", "declarar", "expresar", "explicar", "sostener", "agregar", "anadir", "precisar", "reiterar", "subrayar", "enfatizar", "destacar", "advertir", "alertar", "anunciar", "confirmar", "aclarar", "responder", "exigir", "pedir", "solicitar", "instar", "exhortar", "denunciar", "aseverar", "acotar", "remarcar"] for f in spanish(lemma)),
    ]
) - PARTICIPLES_ES  # fmt: skip
"""Forms that hardly ever mean anything but speech."""

WEAK = frozenset(
    ["add", "address", "addressing", "advise", "advocates", "advocating", "answering", "answers", "appealing", "appeared", "appearing", "assume", "assuming", "attack", "attacked", "attacking", "attacks", "back", "backed", "backing", "backs", "boast", "celebrated", "celebrating", "challenge", "challenged", "challenges", "challenging", "charged", "comments", "compared", "comparing", "considered", "considering", "considers", "continue", "continues", "continuing", "correct", "credits", "decide", "decline", "declining", "favour", "favours", "favoured", "favouring", "deemed", "defending", "document", "documents", "doubts", "encourage", "encouraging", "endorse", "endorsed", "expect", "expects", "favor", "favored", "favoring", "favors", "feels", "felt", "find", "highlighting", "identify", "identifying", "instructed", "intended", "interrupted", "invited", "inviting", "knew", "know", "knowing", "known", "learn", "learning", "listed", "maintained", "mention", "mentioned", "mentions", "oppose", "opposed", "opposes", "opposing", "painting", "plan", "planned", "plans", "pledged", "post", "published", "quotes", "read", "recall", "recognized", "referred", "refuse", "regarded", "regarding", "relate", "related", "remarks", "report", "reporting", "require", "requires", "required", "saw", "see", "seeing", "seeks", "seem", "seems", "seen", "sees", "signal", "sought", "state", "states", "stress", "support", "supported", "supporting", "supports", "suspected", "thanking", "thanks", "thinking", "thought", "tried", "tries", "trying", "tweet", "tweets", "understands", "view", "views", "voice", "voiced", "want", "wanted", "wish", "written", "voicing", "describes", "discuss", "discussing", "considera", "consideran", "consideraba"]
)  # fmt: skip
"""Forms that report speech only where a quotation or a that-clause follows at once."""

HELD_BACK = frozenset(["tell", "tells", "told", "telling", "ask", "asks", "asked", "asking", "urge", "urges", "urged", "urging", "inform", "informs", "informed", "informing", "remind", "reminds", "reminded", "assure", "assures", "assured", "warn", "warns", "warned", "warning"])  # fmt: skip
"""Verbs whose first object is who is spoken to: "told the court that …"."""

QUECHUA_SPEECH = ("ninku", "nirqa", "nispa", "nin", "nichka")
AYMARA_SPEECH = ("siwa", "sasina", "sasaw", "sasa", "arst", "qillqiwa")
