"""Small sets of verbs and nouns that report, claim, blame or carry out an act. Folded."""

from __future__ import annotations

from willakuy.reading.lexicon.word_lists import words

BETWEEN = words(
    "also not then later still already been being ya tambien luego despues presuntamente aparentemente allegedly reportedly apparently brutally "
    "seriously gravely"
)
BECAME = words(
    "resulto resultaron resulta quedo quedaron cayo cayeron found hallado hallada encontrado encontrada acabo termino left lay"
)
BLAMES = words(
    "accuse accused accuses accusing blame blamed blames blaming acusa acusan acuso acusaron culpa culpo culparon responsabiliza responsabilizan "
    "responsabilizo responsabilizaron"
)
CLAIMS = words("claimed claim claims reivindico reivindicaron adjudico adjudicaron atribuyo atribuyeron admitted")
DOES_DEEDS = words(
    "carried carry carrying perpetrated staged launched conducted set placed left committed realizo realizaron perpetro perpetraron cometio "
    "cometieron colocaron coloco lanzaron lanzo"
)
ARMS = words("firing gunfire bullets custody disparos balas perdigones lacrimogenas represion repression")
NAMED_AS = words("identified named are were is was son eran es identificado identificada identificados identificadas :")
THE_DEAD = words(
    "victims victim dead deceased body bodies fatalities victimas victima muertos muerto fallecidos fallecido fallecida fallecidas occiso occisos "
    "cuerpo cuerpos cadaver cadaveres asesinados mortales"
)
THE_HURT = words("wounded injured heridos heridas herido herida lesionados")
THE_TAKEN = frozenset(["plagiados", "secuestrados", "kidnapped", "hostages", "abducted", "rehenes"])
DEED_NOUNS = words(
    "bomb bombs fire shots grenade grenades dynamite explosive explosives charge charges device devices stones rocks petrol"
)
