"""Function words: no phrase that is a term begins or ends with one."""

from __future__ import annotations

from termatlas.suggest.texts import folded

_ENGLISH = """
a about above across after again against all almost along already also although always am among an and another any
anyone anything are around as at away back be became because become becomes been before being below besides better
between both but by can cannot could did do does doing done down due during each eg either else enough especially etc
even ever every everyone everything example except far few first for former from further get gets give given gives go
goes going good got had has have having he hence her here hers him his how however i ie if in indeed instead into is it
its itself just keep kept last latter least less let like likely ll made mainly make makes making many may maybe me
might more moreover most mostly much must my near nearly neither never next no none nor not nothing now of off often on
once one ones only onto or other others otherwise our out over own particularly per perhaps quite rather re really s
same seem seems several shall she should simply since so some something sometimes soon still such t take taken takes
than that the their them themselves then there therefore these they thing things this those though three through thus
to together too toward towards two under unless until up upon us use used uses using usually ve very via was way ways
we well were what whatever when where whereas whether which while who whole whom whose why will with within without
would yet you your
"""
_GERMAN = """
aber alle als also am an auch auf aus bei beim bis da damit dann das dass dem den denn der des die dies diese dieser
doch dort durch ein eine einem einen einer eines er es etwa für hat haben im in ist ja je kann kein keine man mehr mit
nach nicht noch nur ob oder ohne sehr sein seine sich sie sind so sowie sowohl über um und unter vom von vor war was
wenn werden wie wird wo wurde zu zum zur zwischen
"""
_OTHERS = """
au aux avec ce cette dans de del des du el en est et la las le les leur los ou par pas pour que qui sont sur un une y
"""
_ARABIC = "في من على إلى عن أن إن التي الذي هذا هذه ذلك هو هي ما لا لم أو ثم كما بين مع كل عند قد كان و"
_UNSPACED = "的了是在和与或有这那其也之为以于就都而及把被让从对可个们の は が を に へ と も で た"

#: Function words as `termatlas.suggest.texts.folded` gives them; English ones above all. Those of other languages
#: are also known by their standing in many texts and in no name (`termatlas.suggest.phrases`).
STOP_WORDS = frozenset(
    {folded(word) for word in f"{_ENGLISH} {_GERMAN} {_OTHERS} {_ARABIC}".split()} | set("".join(_UNSPACED.split()))
)
