"""The closed classes of English words by which the parts of a sentence are told apart."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS: Final = _words(
    "the a an this that these those its their his her our your my some any each every all both no another such many "
    "most several few much other half"
)
PREPOSITIONS: Final = _words(
    "of in on at by to from for with within without among amongst between during over under above below since until "
    "till after before than as per through throughout across against into onto via excluding including despite "
    "towards toward around near behind beyond outside inside upon versus like up down off out amid following"
)
CONJUNCTIONS: Final = _words("and or but while whereas although though because so yet nor if when plus")
RELATIVES: Final = _words("which that who whom whose where")
PRONOUNS: Final = _words("it they he she we i you this that these those there one them us which who that's it's")
BE: Final = _words("is are was were be been being isn't aren't wasn't weren't 's")
HAVE: Final = _words("has have had having")
_MODALS: Final = _words("do does did will would can could may might shall should must won't didn't doesn't cannot")
AUXILIARIES: Final = BE | HAVE | _MODALS
# Words around a figure that make it no other one.
HEDGES: Final = _words(
    "about nearly almost around some roughly approximately just only over under exactly estimated barely fully "
    "already still also now currently even nationwide well slightly totally altogether"
)
ADVERBS: Final = _words(
    "also only just still now then already even very more less most least too not never ever again respectively "
    "however meanwhile overall together once here there well almost about nearly around roughly yet instead further "
    "alone each both altogether slightly higher lower up down earlier later ago"
)

UP_VERBS: Final = _words(
    "rose risen rise rises rising grew grown grow grows growing increased increase increases increasing climbed "
    "climb climbs gained gain gains jumped surged expanded widened soared advanced edged added improved "
    "strengthened accelerated raised lifted inched rebounded swelled ticked spiked doubled tripled trebled "
    "quadrupled"
)
DOWN_VERBS: Final = _words(
    "fell fallen fall falls falling declined decline declines declining dropped drop drops dropping decreased "
    "decrease decreases decreasing narrowed shrank shrunk contracted slipped plunged slumped tumbled dipped slid "
    "eased lost weakened slowed reduced cut plummeted retreated lowered halved"
)
UP_NOUNS: Final = _words("increase rise growth gain jump surge expansion upturn uptick improvement climb addition")
DOWN_NOUNS: Final = _words("decrease fall decline drop reduction cut loss contraction downturn slump dip shortfall")
UP_WORDS: Final = _words("up higher more greater larger faster longer above")
DOWN_WORDS: Final = _words("down lower less fewer smaller slower shorter below")
CHANGE_NOUNS: Final = UP_NOUNS | DOWN_NOUNS | {"change", "difference"}
CHANGE_VERBS: Final = UP_VERBS | DOWN_VERBS | {"changed"}

# Verbs that say no more than that a figure is what their subject comes to.
NUMBER_VERBS: Final = BE | _words(
    "reached stood stands totalled totaled totals amounted amounts numbered numbers hit came comes exceeded "
    "remained remains averaged averages average total number equalled equals measured surpassed topped became "
    "stayed totalling totaling amounting numbering averaging reaching stand brought"
)
AVERAGE_VERBS: Final = _words("averaged averages average")
# Verbs that say no more than that their subject has what the figure counts.
HAVING_VERBS: Final = HAVE | _words(
    "recorded records reported reports posted registered saw see sees seen showed shows show achieved contains "
    "contained includes included include comprises comprised holds held generated delivered logged boasts offers"
)
SHARE_VERBS: Final = _words(
    "accounted accounts account accounting made makes make making comprised comprises comprise comprising "
    "represented represents represent representing constituted constitutes constituting formed forms contributed "
    "contributes contributing supplied provided covers covered covering"
)
REPORTING_VERBS: Final = _words(
    "said says say announced reported reports noted stated states told added showed shows show revealed reveals "
    "confirmed believes found finds indicates indicated suggests suggested explained claims claimed means meant"
)
EXPECTING_VERBS: Final = _words(
    "expected expects expect predicted predicts predict forecast forecasts projected projects estimated estimates "
    "anticipated anticipates planned plans hopes hoped targeted aims"
)
# Pasts that do not end in -ed, and presents that are no nouns as well.
IRREGULAR_VERBS: Final = _words(
    "rose grew fell shrank slid sank flew spent came took made got gave saw sold bought lost won held kept left met "
    "paid ran sent sat stood told went wrote built brought became began broke chose drew drove fed felt fought "
    "found heard laid led lent rode sought shook shot struck swept taught threw withdrew wore said ate bore caught "
    "dealt dug drank hid sang slept spoke stole swam understood woke beat comes goes accounts represents remains "
    "makes includes covers employs serves says expects stands takes sees marks compares brings pays earns receives "
    "contains comprises lives works offers operates provides attends consists contributes depends spends invests "
    "sells buys consumes loses saves owes raises"
)
# Words that are verbs as well as nouns or participles, behind a plural or a pronoun.
MAYBE_VERBS: Final = _words(
    "average total number rise fall increase decrease drop decline cut hit set put cost costs show shows report "
    "reports record records account represent cover employ serve mark compare need want use travel study averages "
    "forecast decreases gains climbs drops cuts totals numbers rises falls increases declines hits sets puts needs "
    "uses gain jump climb work offer come go make take see pay earn receive contain comprise live operate provide "
    "attend consist contribute remain include grow expect predict spend buy sell own hold stand"
)
# Heads that say how a figure is told, and not of what.
WEAK: Final = CHANGE_NOUNS | _words(
    "forecast target expectation projection total average mean median record low high maximum minimum peak number "
    "level figure rate amount sum share proportion percentage annual quarterly monthly weekly daily overall combined "
    "new all-time lowest highest further absolute net gross year-on-year annualised equivalent estimate value biggest "
    "largest smallest sharp slight small large modest significant record-high similar tick better worse first"
)
# What figures are told in, and do not count.
UNITS: Final = _words(
    "a an each every per days day hours hour years year months month minutes minute weeks week seconds cents cent "
    "pence euros dollars pounds miles kilometres kilometers km metres meters tonnes tons litres liters hectares "
    "acres gwh mwh kwh kg points people persons mm degrees beds units basis times"
)
CLOSED: Final = (
    UP_WORDS | DOWN_WORDS | DETERMINERS | PREPOSITIONS | CONJUNCTIONS | RELATIVES | AUXILIARIES | ADVERBS | PRONOUNS
)
