"""Inflected forms from base forms: enough for the verbs of speech and harm in news prose, third persons first."""

from __future__ import annotations

_DOUBLED = frozenset(
    ["beg", "submit", "admit", "commit", "plan", "rebut", "quip", "chat", "concur", "infer", "refer", "gun", "stab", "slam", "rap", "permit", "equip", "kidnap"]
)  # fmt: skip
_ENGLISH_ODD = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "think": ("thinks", "thought", "thinking"),
    "know": ("knows", "knew", "known", "knowing"),
    "hear": ("hears", "heard", "hearing"),
    "see": ("sees", "saw", "seen", "seeing"),
    "find": ("finds", "found", "finding"),
    "show": ("shows", "showed", "shown", "showing"),
    "feel": ("feels", "felt", "feeling"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "understand": ("understands", "understood", "understanding"),
    "read": ("reads", "read", "reading"),
    "foresee": ("foresees", "foresaw", "foreseen", "foreseeing"),
    "hold": ("holds", "held", "holding"),
    "learn": ("learns", "learned", "learnt", "learning"),
    "seek": ("seeks", "sought", "seeking"),
    "shoot": ("shoots", "shot", "shooting"),
    "die": ("dies", "died", "dying"),
    "slay": ("slays", "slew", "slain", "slaying"),
}


def english(lemma: str) -> tuple[str, ...]:
    """The forms of a verb: base, -s, past, participle, -ing. ``english("deny")`` has "denies" and "denied"."""
    if lemma in _ENGLISH_ODD:
        return (lemma, *_ENGLISH_ODD[lemma])
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    s = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    return lemma, s, stem + "ed", stem + "ing"


_SPANISH_ODD = {
    "decir": "dice dicen dijo dijeron decia decian diciendo dicho dira diran diria digo dije dijimos",
    "contradecir": "contradice contradicen contradijo contradijeron contradiciendo contradicho",
    "predecir": "predice predicen predijo predijeron prediciendo predicho",
    "pedir": "pide piden pidio pidieron pedia pedian pidiendo pedido pedimos",
    "exponer": "expone exponen expuso expusieron exponiendo expuesto",
    "sostener": "sostiene sostienen sostuvo sostuvieron sostenia sosteniendo sostenido",
    "mantener": "mantiene mantienen mantuvo mantuvieron manteniendo mantenido",
    "reconocer": "reconoce reconocen reconocio reconocieron reconociendo reconocido",
    "advertir": "advierte advierten advirtio advirtieron advertia advirtiendo advertido",
    "desmentir": "desmiente desmienten desmintio desmintieron desmintiendo desmentido",
    "referir": "refiere refieren refirio refirieron refiriendo referido",
    "sugerir": "sugiere sugieren sugirio sugirieron sugiriendo sugerido",
    "repetir": "repite repiten repitio repitieron repitiendo repetido",
    "creer": "cree creen creyo creyeron creia creian creyendo creido",
    "saber": "sabe saben supo supieron sabia sabiendo sabido",
    "leer": "lee leen leyo leyeron leyendo leido",
    "prever": "preve preven previo previeron previendo previsto",
    "concluir": "concluye concluyen concluyo concluyeron concluyendo concluido",
    "agradecer": "agradece agradecen agradecio agradecieron agradeciendo agradecido",
    "contar": "cuenta cuentan conto contaron contaba contaban contando contado",
    "recordar": "recuerda recuerdan recordo recordaron recordaba recordando recordado",
    "negar": "niega niegan nego negaron negaba negando negado",
    "demostrar": "demuestra demuestran demostro demostraron demostrando demostrado",
    "mostrar": "muestra muestran mostro mostraron mostrando mostrado",
    "comentar": "comenta comentan comento comentaron comentaba comentando comentado",
    "pensar": "piensa piensan penso pensaron pensaba pensando pensado",
    "querer": "quiere quieren quiso quisieron queria querian queriendo",
    "rogar": "ruega ruegan rogo rogaron rogaba rogando rogado",
    "proseguir": "prosigue prosiguen prosiguio prosiguieron prosiguiendo",
    "morir": "muere mueren murio murieron moria muriendo muerto muerta muertos muertas morir",
    "dejar": "deja dejan dejo dejaron dejando dejado",
    "herir": "hiere hieren hirio hirieron hiriendo",
    "perder": "pierde pierden perdio perdieron perdiendo perdido",
}


def spanish(infinitive: str) -> tuple[str, ...]:
    """Third persons of present, preterite and imperfect, future, gerund and participle, and the infinitive; folded."""
    if infinitive in _SPANISH_ODD:
        return (infinitive, *_SPANISH_ODD[infinitive].split())
    stem, end = infinitive[:-2], infinitive[-2:]
    future = tuple(infinitive + x for x in ("a", "an", "ia", "ian"))
    if end == "ar":
        endings = ("a", "an", "o", "aron", "aba", "aban", "ando", "ado", "ada", "ados", "adas")
    elif end == "er":
        endings = ("e", "en", "io", "ieron", "ia", "ian", "iendo", "ido", "ida", "idos", "idas")
    else:
        endings = ("e", "en", "io", "ieron", "ia", "ian", "iendo", "ido", "ida", "idos", "idas")
    return (infinitive, *(stem + x for x in endings), *future)
