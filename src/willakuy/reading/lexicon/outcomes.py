"""Words for what became of people where no verb of violence says it: bodies, wounds, kin, places people are taken from. Folded."""

from __future__ import annotations

from willakuy.reading.lexicon.word_lists import words

BODIES = words("body bodies corpse corpses remains cuerpo cuerpos cadaver cadaveres restos")
FOUND = words(
    "lay found discovered recovered located dumped exhumed identified buried appeared floating lying unearthed hallado hallada hallados halladas hallo "
    "hallaron hallan encontrado encontrada encontrados encontradas encontro encontraron encuentran encontraba aparecio aparecieron aparece recuperado "
    "recuperados recuperaron recuperan ubicado ubicados ubicaron exhumado exhumados exhumaron identificado identificados enterrado enterrados "
    "enterraron sepultado velan velaron yacia yacian trasladado trasladados levantamiento"
)
LIFELESS = words("lifeless mutilated decapitated charred bullet-riddled dismembered decomposing decomposed inerte inertes calcinado calcinados mutilado "
    "mutilados vida acribillado acribillados degollado descuartizado")  # fmt: skip
KILLERS = words(
    "killer killers murderer murderers assassin assassins slayer slayers asesino asesinos asesina asesinas homicida homicidas verdugo verdugos"
)
SUFFERED = words(
    "suffered sustained received sufrio sufrieron sufre sufren recibio recibieron recibe reciben presenta presentan presentaba presento resulto "
    "resultaron padece padecio"
)
WOUNDS = words(
    "wound wounds injury injuries burns fracture fractures contusions lesion lesiones herida heridas quemadura quemaduras fractura fracturas "
    "traumatismo politraumatismo contusiones impacto impactos balazo balazos disparo disparos perdigon perdigones perdigonazo perdigonazos golpe golpiza"
)
MENACES = words("threat threats amenaza amenazas")
HIT = words(
    "grazed rozado rozada hit struck alcanzado alcanzada alcanzados alcanzadas impactado impactada impactados impactadas"
)
PROJECTILES = words(
    "bullet bullets pellet pellets projectile projectiles shrapnel gunfire canister canisters grenade fragments bala balas proyectil proyectiles "
    "perdigon perdigones perdigonazo bomba esquirla esquirlas disparo disparos balazo"
)
KIN = words(
    "husband wife son sons daughter daughters child children father mother parents brother brothers sister sisters baby fiance grandson cousin uncle "
    "nephew esposo esposa marido hijo hijos hija hijas padre madre padres hermano hermanos hermana hermanas bebe nieto nieta primo tio tia sobrino "
    "sobrina abuelo abuela companero conviviente"
)
TAKE_AWAY = words(
    "took taken taking dragged dragging seized snatched whisked bundled removed pulled llevo llevaron lleva llevan llevado llevada llevados saco sacaron "
    "sacado sacada sacados subieron subio arrastraron arrastrado"
)
WHERE_FROM = words(
    "home house houses homes residence bed office car bus work workplace school church village shop street hotel hospital casa casas vivienda viviendas "
    "domicilio cama oficina auto vehiculo trabajo escuela iglesia hospital calle hogar"
)
POLICE = words(
    "police policemen policeman officers officer soldiers soldier army troops military marines navy guard guards security authorities policia policias "
    "soldados soldado ejercito militares militar marinos agentes efectivos gendarmes intelligence constables"
)
NOBODY = words("nobody none nadie anyone anybody ninguno ninguna ningun ningunos no-one")
BODY_PARTS = words(
    "leg legs eye eyes arm arms hand hands foot sight vision finger fingers ojo ojos vista vision pierna piernas brazo brazos mano pie dedo dedos"
)
STAYS = words(
    "remain remains remained stays stayed languishes languishing sigue siguen permanece permanecen permanecia continua continuan"
)
PRISONS = words("bars prison jail custody detention prision carcel penal")
TAKES_LIFE = words(
    "privo privaron privado priva acabo acabaron acabar quito quitaron arrebato arrebataron segaron sego termino terminaron costo"
)
