// Words that British and American English spell differently, where they can occur in a text that teaches programming,
// data and what they are about. In families: `ending=American ending … : stem stem … ;`, each ending with each stem; no
// stem, and it is a word. The words are those of codespell's list from en-GB to en-US, and their kin. What Americans
// write as well is not among them (dialogue, towards, analyses). `tests/house/spelling.py` reads this list as well.
#pragma once

#include <string_view>

namespace mlpath::library {

inline constexpr std::string_view british_families = R"(
ise=ize ises=izes ised=ized ising=izing iser=izer isers=izers isation=ization isations=izations isable=izable :
amort apolog author binar capital categor central character critic crystall custom decentral denormal deserial digit
econom emphas equal factor final formal general hypothes immun individual initial international ital lemmat linear local
material maxim memor minim modern modular monet national neutral normal optim organ parallel parameter parametr penal
personal plagiar polar popular prior public quant random raster rational real recogn regular reinitial renormal reorgan
reparameter revolution sanit serial skeleton social special stabil standard steril summar symbol sympath synchron synthes
token unauthor uninitial unoptim unorgan unpenal unrecogn unregular unsynchron util vector verbal virtual visual vocal ;
yse=yze ysed=yzed ysing=yzing yser=yzer ysers=yzers : anal catal paral ;
our=or ours=ors oured=ored ouring=oring ourer=orer ourers=orers ourful=orful ourfully=orfully ourless=orless
ourable=orable ourably=orably oural=oral ourally=orally ouration=oration ourite=orite ourites=orites ouritism=oritism
ourhood=orhood ourhoods=orhoods :
arm behavi cand col disfav dishon enam endeav fav flav hon hum lab misbehavi neighb od recol rig rum sav splend tum
unfav val vap vig ;
tre=ter tres=ters tred=tered tring=tering : cen centime kilome li me microme milli millime mi nanome recen ;
theatre=theater theatres=theaters fibre=fiber fibres=fibers calibre=caliber meagre=meager sombre=somber
spectre=specter ochre=ocher : ;
led=ed ling=ing ler=er lers=ers : cancel channel counsel dial equal fuel initial journal label level marshal
mislabel model panel pencil relabel remodel rival shovel signal spiral total travel tunnel unlabel unravel ;
logue=log logues=logs logued=loged loguing=loging : ana cata ;
ence=ense ences=enses enceless=enseless : def off pret ;
licence=license licences=licenses licenced=licensed licencing=licensing : ;
practise=practice practises=practices practised=practiced practising=practicing unpractised=unpracticed : ;
programme=program programmes=programs : ;
judgement=judgment judgements=judgments acknowledgement=acknowledgment acknowledgements=acknowledgments : ;
artefact=artifact artefacts=artifacts maths=math ageing=aging cheque=check cheques=checks : ;
grey=gray greys=grays greyed=grayed greyer=grayer greyish=grayish greyscale=grayscale : ;
mould=mold moulds=molds moulded=molded moulding=molding plough=plow ploughs=plows : ;
sceptic=skeptic sceptics=skeptics sceptical=skeptical sceptically=skeptically scepticism=skepticism : ;
storey=story storeys=stories tyre=tire tyres=tires kerb=curb aluminium=aluminum aeroplane=airplane
aeroplanes=airplanes : ;
sulphur=sulfur sulphate=sulfate sulphide=sulfide sulphuric=sulfuric : ;
fulfil=fulfill fulfils=fulfills fulfilment=fulfillment enrol=enroll enrols=enrolls enrolment=enrollment
enrolments=enrollments instalment=installment instalments=installments : ;
skilful=skillful skilfully=skillfully wilful=willful wilfully=willfully marvellous=marvelous woollen=woolen : ;
focussed=focused focusses=focuses focussing=focusing biassed=biased biasses=biases : ;
learnt=learned misspelt=misspelled whilst=while amongst=among : ;
manoeuvre=maneuver manoeuvres=maneuvers manoeuvred=maneuvered leukaemia=leukemia anaemia=anemia : ;
haemorrhage=hemorrhage paediatric=pediatric encyclopaedia=encyclopedia foetus=fetus oestrogen=estrogen : ;
)";

}  // namespace mlpath::library
