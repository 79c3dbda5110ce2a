"""Small sets of verbs and nouns that report, claim, blame or carry out an act. Folded."""

from __future__ import annotations

from willakuy.reading.lexicon.word_lists import words

BETWEEN = words(
    "also not then later still aun todavia already been being ya tambien luego despues presuntamente aparentemente allegedly reportedly apparently brutally "
    "seriously gravely"
)
BECAME = words(
    "cayera cayese caer caia resulto resultaron resulta quedo quedaron cayo cayeron found hallado hallada encontrado encontrada acabo termino left lay"
)
BLAMES = words(
    "convicted sentenced condenado condenada condenados condenaron condeno sentenciado suspected acusado acusada acusados sindicado sindicados sospechoso accuse accused accuses accusing blame blamed blames blaming acusa acusan acuso acusaron culpa culpo culparon responsabiliza responsabilizan "
    "responsabilizo responsabilizaron"
)
CLAIMS = words("claimed claim claims reivindico reivindicaron adjudico adjudicaron atribuyo atribuyeron admitted")
DOES_DEEDS = words(
    "organized organised planned ordered executed directed masterminded work obra perpetrado perpetrada perpetrados cometido cometida cometidos ejecutado ejecutada planeado ordenado ordenada carried carry carrying perpetrated staged launched conducted set placed left committed realizo realizaron perpetro perpetraron cometio "
    "cometieron colocaron coloco lanzaron lanzo"
)
ACCOMPLISHED = words(
    "carried perpetrated staged launched conducted committed organized organised planned ordered executed done work directed masterminded realizado "
    "realizada perpetrado perpetrada perpetrados cometido cometida cometidos ejecutado ejecutada planeado ordenado ordenada ordenados organizado obra"
)
"""Participles whose "by" names who did the deed the sentence spoke of."""
ARMS = words("firing gunfire bullets custody disparos balas perdigones lacrimogenas represion repression")
SHOOTS = words("fired opened shot shooting firing dispararon disparo abrieron abrio reprimieron reprimio")
"""Verbs of those whose shots the same sentence says killed."""
NAMED_AS = words(
    "include includes included incluyen incluye figura figuran estaban estaba identified named are were is was son eran es identificado identificada identificados identificadas :"
)
THE_DEAD = words(
    "caidos victims victim dead deceased body bodies fatalities victimas victima muertos muerto fallecidos fallecido fallecida fallecidas occiso occisos "
    "cuerpo cuerpos cadaver cadaveres asesinados mortales"
)
THE_HURT = words("wounded injured heridos heridas herido herida lesionados")
THE_TAKEN = frozenset(["plagiados", "secuestrados", "kidnapped", "hostages", "abducted", "rehenes"])
DEED_NOUNS = words(
    "rounds ammunition cartridges rubber bullets live canisters teargas tear gas gases perdigones balas lacrimogenas lacrimogenos bomba bombas granada granadas fuego dinamita explosivo explosivos piedras bomb bombs fire shots grenade grenades dynamite explosive explosives charge charges device devices stones rocks petrol"
)
