"""Small words that bound a phrase: determiners, prepositions, conjunctions, auxiliaries, adverbs, pronouns. Folded."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DETERMINERS = _set(
    "the a an this that these those his her its their our my your some any no each every another both several many most all other "
    "el la los las un una unos unas este esta estos estas ese esa esos esas aquel aquella su sus nuestro nuestra nuestros nuestras mi mis "
    "otro otra otros otras cada algun alguna algunos algunas ningun ninguna ambos ambas varios varias"
)
SUBJECT_PRONOUNS = _set("he she they it we i you who el ella ellos ellas yo nosotros nosotras quien quienes")
PERSONAL = _set("he she they ella ellos ellas")
PREPOSITIONS = _set(
    "in on at by for from with without during after before since until under over against among between through into about as within despite "
    "amid following because while when where if although though than "
    "en por para desde con sin durante tras antes despues hasta bajo sobre contra entre mediante ante hacia cuando donde si aunque pese como mientras"
)
SUBORDINATORS = _set("that which whose whom who because while when where if although though unless whether whereas since after before until as but or "
    "que cual cuyo cuya porque mientras cuando donde si aunque pues sino pero o mas").difference({"mas"})  # fmt: skip
COORDINATORS = _set("and y e but pero while mientras")
AUXILIARIES = _set(
    "has have had is are was were be been being will would can could may might must should did does do not never "
    "ha han habia habian hubo he hemos es son fue fueron era eran sera seran esta estan estaba estaban no se le les lo la los nos me "
    "habria habrian podria podrian puede pueden debe deben va van ya 'd 'll 've"
)
BE = _set(
    "is are was were be been being am 's es son fue fueron era eran sera ser sido esta estan estaba estaban estuvo siendo resulto resultaron"
)
HAVE = _set("has have had having ha han habia habian haber habra habran habria habrian hubo")
MODALS = _set("will would can could may might must should did does do podria podrian puede pueden debe deben")
ADVERBS = _set(
    "also then later still mas even just only now once again recently repeatedly previously reportedly allegedly publicly simply flatly privately initially "
    "finally often always ever further already soon clearly falsely strongly first himself herself themselves itself "
    "tambien luego despues ademas aun incluso solo ahora antes recientemente ya asimismo inicialmente finalmente siempre nuevamente publicamente"
)
CAME_TO_SPEAK = _set(
    "began begins continued continues concluded concludes finished finishes ended started opened closed went goes "
    "comenzo empezo continuo concluyo termino finalizo culmino cerro abrio siguio inicio"
)
"""Verbs that open or close a speech: "began her speech by saying"; who began is who says."""
TIME_WORDS = _set(
    "anoche anteayer anteanoche "
    + "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year morning afternoon evening night "
    "lunes martes miercoles jueves viernes sabado domingo hoy ayer manana semana mes ano tarde noche "
    "january february march april june july august september october november december"
)
ROLE_NOUNS = _set(
    "president minister premier governor mayor spokesman spokeswoman spokesperson secretary director chief head leader congresswoman congressman senator "
    "deputy lawyer attorney judge prosecutor ombudsman commissioner officer official officials doctor nurse teacher professor activist lawmaker "
    "general colonel captain major commander bishop archbishop priest father journalist reporter author researcher analyst expert coordinator delegate "
    "representative ambassador witness resident brother sister mother widow relative neighbour neighbor coach owner manager member candidate nominee chairman "
    "presidente presidenta ministro ministra premier gobernador gobernadora alcalde alcaldesa vocero vocera portavoz secretario secretaria director directora "
    "jefe jefa lider dirigente dirigenta congresista senador senadora diputado diputada abogado abogada juez jueza fiscal defensor defensora comisionado "
    "comisionada oficial medico medica enfermera enfermero profesor profesora docente activista general coronel capitan mayor comandante obispo arzobispo "
    "sacerdote padre periodista investigador investigadora analista experto experta coordinador coordinadora delegado delegada representante embajador "
    "testigo vecino vecina hermano hermana madre esposa esposo viuda pariente familiar miembro candidato candidata exministro exministra excongresista "
    "expresidente viceministro viceministra prefecto superintendente subprefecto regidor regidora"
)
ORGANISATION_NOUNS = _set(
    "ministry office police army government congress court committee commission council agency department hospital union federation association university "
    "party organization organisation group institute authorities bureau newspaper radio station channel network defensoria ministerio policia ejercito "
    "gobierno congreso corte tribunal comite comision consejo agencia departamento sindicato federacion asociacion universidad partido organizacion "
    "instituto autoridades diario periodico fiscalia coordinadora frente asamblea gerencia direccion oficina municipalidad presidencia ong colectivo medios"
)
