"""What an owner hears about what was not understood in their answer, and what to write instead."""

from __future__ import annotations

from ogsm_xl.plan.words import Text

TOO_LONG = Text(
    "De tekst is te lang: alleen de eerste {count} regels zijn gelezen.",
    "The text is too long: only its first {count} lines were read.",
)
ANSWER_TOO_LONG = Text(
    "{id}: de tekst is te lang; alleen het begin is bewaard.",
    "{id}: the text is too long; only its beginning was kept.",
)
NOT_ASKED = Text(
    "{id} is niet aan jou gevraagd; wat je daarover schreef, is niet verwerkt.",
    "{id} was not asked of you; what you wrote about it was not recorded.",
)
CONFLICT = Text(
    "{id}: je noemt zowel “{one}” als “{other}”. Er is niets over {id} verwerkt; stuur opnieuw wat er moet staan.",
    "{id}: you name both “{one}” and “{other}”. Nothing was recorded for {id}; send again what it should be.",
)
UNSURE = Text(
    "{id}: het is niet duidelijk of “{word}” je antwoord is of een deel van de zin “{line}”. De zin is als tekst bewaard. "
    "Is het je antwoord, schrijf dan “{id} {word}”, met wat je erover kwijt wilt op de regel eronder.",
    "{id}: it is not clear whether “{word}” is your answer or part of the sentence “{line}”. The sentence was kept as text. "
    "If it is your answer, write “{id} {word}”, and what you want to say about it on the line below.",
)
DONE_BUT = Text(
    "{id}: je schrijft “{word}”, en eronder “{line}”. Beide zijn als tekst bewaard. Is het helemaal klaar, schrijf dan alleen “{id} afgerond”.",
    "{id}: you write “{word}”, and below it “{line}”. Both were kept as text. If all of it is finished, write no more than “{id} done”.",
)
NO_PLACE = Text(
    "{id}: “{value}” kan niet bij dit soort onderdeel ({kind}).",
    "{id}: “{value}” can't be given for this kind of item ({kind}).",
)
WHICH_ITEM = Text(
    "Het is niet duidelijk waar “{line}” over gaat: zet de ID ervoor, zoals “{id} {line}”.",
    "It is not clear what “{line}” is about: put the ID in front, such as “{id} {line}”.",
)
NOT_READ = Text(
    "{id}: “{line}” is geen kleur, status of percentage. Het is als tekst bewaard. Schrijf bijvoorbeeld “{id} {example}”.",
    "{id}: “{line}” is no colour, status or percentage. It was kept as text. Write, for example, “{id} {example}”.",
)
LABEL_OR_ANSWER = Text(
    "{id}: “{word}” staat er zonder tekst. Is het afgerond, schrijf dan “{id} afgerond”.",
    "{id}: “{word}” stands there without a text. If it is finished, write “{id} done”.",
)
NOT_A_DAY = Text("{id}: “{value}” is geen datum.", "{id}: “{value}” is no date.")
DAY_ALONE = Text(
    "{id}: de dag van de meting ({day}) is niet verwerkt, want er staat geen gemeten waarde bij. Schrijf bijvoorbeeld “{id} 23,5 gemeten op {day}”.",
    "{id}: the day of the measurement ({day}) was not recorded, for there is no measured value with it. Write, for example, “{id} 23.5 measured on {day}”.",
)
FIGURE_IN_TEXT = Text(
    "{id}: “{line}” is als tekst bewaard, niet als gemeten waarde. Schrijf de waarde alleen, zoals “{id} 23,5”.",
    "{id}: “{line}” was kept as text, not as a measured value. Write the value alone, such as “{id} 23.5”.",
)
NEGATED = Text(
    "{id}: “{line}” zegt wat het niet is. Het is als tekst bewaard; schrijf wat het wel is, zoals “{id} {example}”.",
    "{id}: “{line}” says what it is not. It was kept as text; write what it is, such as “{id} {example}”.",
)
LEFT_OUT = Text(
    "{id} is uitgezonderd, maar hoe het daarmee staat, is niet duidelijk. Schrijf het erbij, zoals “{id} oranje”.",
    "{id} was left out, but how it stands is not clear. Write it, such as “{id} orange”.",
)
OF_ALL_TOO = Text(
    "{id}: wat je over {id} apart schreef, staat als tekst bij {id}; “{value}” over alles is bij {id} niet verwerkt. Geldt het ook daar, "
    "schrijf dan “{id} {value}”.",
    "{id}: what you wrote about {id} in particular was kept as text; “{value}” about everything was not recorded for {id}. If it holds "
    "there too, write “{id} {value}”.",
)
IN_TEXT = Text(
    "{id}: “{line}” is als tekst bewaard, niet als kleur, status of percentage. Is het je antwoord, schrijf dan alleen dat, zoals "
    "“{id} {example}”.",
    "{id}: “{line}” was kept as text, not as a colour, status or percentage. If it is your answer, write that alone, such as "
    "“{id} {example}”.",
)
IN_TEXT_ALONE = Text(
    "{id}: “{line}” is geen kleur, status of percentage. Er is niets verwerkt; schrijf bijvoorbeeld “{id} {example}”.",
    "{id}: “{line}” is no colour, status or percentage. Nothing was recorded; write, for example, “{id} {example}”.",
)
SAME_AS_WHAT = Text(
    "{id}: “{word}” kan van het onderdeel erboven zijn of van de vorige keer. Schrijf de kleur, of “{id} geen wijzigingen”.",
    "{id}: “{word}” could be as the item above or as last time. Write the colour, or “{id} no change”.",
)
MENTIONED = Text(
    "{other} wordt genoemd in wat je over {id} schreef; dat staat als tekst bij {id}. Gaat het over {other}, zet dat dan op een eigen regel.",
    "{other} is named in what you wrote about {id}; that was kept as text with {id}. If it is about {other}, put it on a line of its own.",
)
REST_OR_THIS = Text(
    "{id}: “{line}” staat als tekst bij {id}. Gaat het over de andere onderdelen, schrijf dan “De rest: geen wijzigingen”.",
    "{id}: “{line}” was kept as text with {id}. If it is about the other items, write “The rest: no change”.",
)
REST_OF_WHAT = Text(
    "Je schrijft over de rest, maar noemt geen onderdeel. Schrijf “Alles groen”, of zet de ID's erbij.",
    "You write about the rest, but name no item. Write “All green”, or add the IDs.",
)
UNPLACED = Text(
    "“{line}” hoort bij geen onderdeel en is niet verwerkt. Hoort het bij een ervan, zet dan de ID ervoor.",
    "“{line}” belongs to no item and was not recorded. If it belongs to one, put its ID in front.",
)
UNPLACED_MORE = Text(
    "“{line}” en {count} andere regels horen bij geen onderdeel en zijn niet verwerkt. Horen ze bij een ervan, zet dan de ID ervoor.",
    "“{line}” and {count} other lines belong to no item and were not recorded. If they belong to one, put its ID in front.",
)
