"""Verbs and nouns of violence, by whom they take as subject and object. Folded.

``ACTS`` maps a verb form to its act; ``HARM_OF`` maps an act to a code of the vocabulary ``harm``, where it has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from willakuy.reading.lexicon.inflection import english, spanish
from willakuy.reading.lexicon.word_lists import words

HARM_OF: dict[str, str] = {
    "killed": "killed", "died": "killed", "injured": "injured", "detained": "detained", "arrested": "detained", "kidnapped": "detained", "missing": "missing",
}  # fmt: skip
"""Acts without an entry (attacked, tortured, threatened, destroyed) say nothing of what became of anybody."""


@dataclass(frozen=True, slots=True)
class Verb:
    """``act`` done to the object. ``needs_people``: the object must be known as people, for verbs that take things as well."""

    act: str
    is_spanish: bool
    needs_people: bool = False


_EN: dict[str, str] = {
    "killed": "kill murder assassinate slay massacre slaughter behead lynch execute gun butcher decapitate strangle stone electrocute martyr",
    "injured": "wound injure maim",
    "detained": "arrest detain imprison jail capture incarcerate",
    "kidnapped": "kidnap abduct",
    "missing": "disappear",
    "tortured": "torture waterboard",
    "attacked": "attack ambush assault beat shoot stab bomb raid strafe machinegun hack shell bombard rape tear-gas teargas",
    "threatened": "threaten harass intimidate",
    "destroyed": "dynamite burn destroy sabotage plant hurl throw detonate explode occupy seize storm blow fire open",
}
_ES: dict[str, str] = {
    "killed": "matar asesinar ejecutar masacrar victimar abatir ultimar acribillar degollar linchar rematar",
    "injured": "herir lesionar",
    "detained": "detener arrestar capturar apresar encarcelar",
    "kidnapped": "secuestrar plagiar",
    "tortured": "torturar",
    "attacked": "atacar emboscar agredir golpear balear apunalar bombardear disparar reprimir violar",
    "threatened": "amenazar hostigar amedrentar",
    "destroyed": "dinamitar incendiar quemar destruir sabotear",
}
_ODD_EN: dict[str, str] = {
    "beat": "beat beats beaten beating", "shoot": "shoot shoots shot shooting", "throw": "throw throws threw thrown throwing", "blow": "blew blown blowing",
    "burn": "burn burns burned burnt burning", "strike": "struck stricken", "slay": "slay slew slain slaying", "seize": "seized seizing", "plant": "planted planting",
    "open": "opened", "fire": "fired firing", "hurl": "hurled hurling", "gun": "gunned", "shell": "shelled shelling", "bomb": "bombed bombing", "stab": "stab stabs stabbed stabbing",
    "storm": "stormed storming", "machinegun": "machinegunned machine-gunned", "explode": "detonated", "kidnap": "kidnap kidnaps kidnapped kidnaped kidnapping kidnaping",
    "disappear": "disappeared",
}  # fmt: skip
_ODD_ES: dict[str, str] = {
    "detener": "detiene detienen detuvo detuvieron detenia deteniendo detenido detenida detenidos detenidas",
    "herir": "hiere hieren hirio hirieron hiriendo herido herida heridos heridas",
    "abatir": "abatio abatieron abate abatido abatida abatidos abatidas abatiendo",
}  # fmt: skip
_NEEDS_PEOPLE = frozenset(["attacked", "destroyed", "threatened", "detained", "injured", "missing"])
_NOT_VERBS = words(
    "attack attacks raid raids bomb bombs assault assaults ambush ambushes capture captures arrest arrests murder murders massacre massacres "
    "slaughter torture wound wounds rape rapes kill kills shell shells harass hurt throw blow fire open shoot detener capturar arresto captura "
    "ejecuta ejecutan ejecutar ejecutado ejecutada ejecutando ejecutaron ejecuto quema queman execute executes executing butcher plagio plagia "
    "plagiado matara disparo lesiona dispara victima"
)
"""Forms more often nouns, or another sense: a verb only after "to", a modal or a plural subject (see ``acts.py``)."""


def _verbs() -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    for table, odd, inflect, is_spanish in ((_EN, _ODD_EN, english, False), (_ES, _ODD_ES, spanish, True)):
        for act, lemmas in table.items():
            for lemma in lemmas.split():
                for form in odd[lemma].split() if lemma in odd else inflect(lemma):
                    if form not in _NOT_VERBS:
                        found.setdefault(form, Verb(act, is_spanish, act in _NEEDS_PEOPLE))
    return found


ACTS: dict[str, Verb] = _verbs()

PRESENT: dict[str, Verb] = {
    form: Verb(act, is_spanish=False, needs_people=act in _NEEDS_PEOPLE)
    for act, forms in {
        "killed": "kill kills murder murders massacre execute executes assassinate", "injured": "wound wounds injure injures",
        "detained": "arrest arrests detain capture captures", "kidnapped": "abduct kidnap",
        "attacked": "attack attacks ambush raid raids bomb assault shoot",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Present forms that are also nouns: verbs only between who does it and whom it is done to (``chunks.py``)."""

SUFFERS: dict[str, str] = {
    **dict.fromkeys([*english("die"), *english("perish"), *english("drown"), *english("succumb")], "died"),
    **dict.fromkeys(["murio", "murieron", "muere", "mueren", "morian", "moria", "fallecio", "fallecieron", "fallece", "fallecen", "perecio", "perecieron", "expiro", "expiraron", "moriria"], "died"),
    **dict.fromkeys(["desaparecio", "desaparecieron", "vanished"], "missing"),
}  # fmt: skip
for _noise in ("dying", "die", "dies", "drown", "perish", "succumb"):
    SUFFERS.pop(_noise, None)

NOMINALS: dict[str, str] = {
    **dict.fromkeys(["murder", "murders", "assassination", "assassinations", "killing", "killings", "death", "deaths", "slaying", "slayings", "execution", "executions", "massacre", "massacres", "slaughter", "lynching", "muerte", "muertes", "asesinato", "asesinatos", "homicidio", "homicidios", "deceso", "decesos", "fallecimiento", "fallecimientos", "ejecucion", "ejecuciones", "masacre", "masacres", "matanza", "feminicidio", "crimen"], "killed"),
    **dict.fromkeys(["kidnapping", "kidnappings", "abduction", "abductions", "secuestro", "secuestros", "kidnaping", "kidnapings"], "kidnapped"),
    **dict.fromkeys(["disappearance", "disappearances", "desaparicion", "desapariciones"], "missing"),
    **dict.fromkeys(["arrest", "arrests", "detention", "detentions", "imprisonment", "jailing", "captura", "arresto", "detencion", "detenciones"], "detained"),
    **dict.fromkeys(["torture", "tortures", "torturas", "tortura", "ill-treatment", "mistreatment", "malos-tratos"], "tortured"),
    **dict.fromkeys(["attack", "attacks", "assault", "assaults", "ambush", "ambushes", "bombing", "bombings", "raid", "raids", "shooting", "shootings", "explosion", "explosions", "aggression", "beating", "beatings", "ataque", "ataques", "atentado", "atentados", "emboscada", "agresion", "agresiones", "ofensiva", "repression", "represion", "incursion", "sabotage", "crackdown"], "attacked"),
    **dict.fromkeys(["threat", "threats", "amenaza", "amenazas"], "threatened"),
}  # fmt: skip
"""Nouns whose "of"/"against" names who suffered, and whose "by" names who did it."""

DOER_NOUNS = words(
    "rioters looters robber robbers thieves thief thugs goons vigilantes mercenary mercenaries loggers ranchers landowners gangsters hooligans arsonists "
    "matones ladrones madereros hacendados mercenarios pandilleros reservistas ronda militiaman militiamen patrolmen assailant assailants perpetrator "
    "perpetrators agresor agresores invasores capataces troops regiment regimiento company compania gunman gunmen guerrilla guerrillas guerrillero guerrilleros rebel rebels rebelde rebeldes terrorist terrorists terrorista terroristas "
    "subversive subversives subversivo subversivos insurgent insurgents militant militants militante militantes paramilitary paramilitaries "
    "paramilitar paramilitares assassin assassins asesino asesinos murderer murderers killer killers hitman hitmen sicario sicarios attacker "
    "attackers atacante atacantes extremist extremists extremista extremistas kidnapper kidnappers captors secuestrador secuestradores bandit "
    "bandits criminals criminal delincuentes trafficker traffickers narcotraficantes individual individuals individuo individuos sujeto sujetos "
    "desconocidos encapuchados hooded commando commandos comando comandos squad squads escuadron escuadrones mob turba cartel gang gangs banda "
    "bandas pandilla militia militias milicia milicias police policia policias policeman policemen cops cop army ejercito soldier soldiers "
    "soldado soldados troops tropas military militares militar forces fuerzas force patrol patrulla battalion batallon brigade brigada guard "
    "guards marines navy marina agents agente agentes officers officer officials efectivo efectivos uniformados suboficial suboficiales ronderos "
    "rondas authorities autoridades government gobierno regime regimen state estado junta security unit units column columns front frente "
    "fighters combatants movement movimiento organization organizacion group grupo members miembros elements elementos persons unknown men "
    "hombres snipers francotiradores guardia gendarmes carabineros troop detachment contras supremacists settlers separatists jihadists taliban "
    "bodyguards leaders mafia inspector constable constables jawans paratroopers repression represion"
)
"""Nouns of those who may do an act."""
