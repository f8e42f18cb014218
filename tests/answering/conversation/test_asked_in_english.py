"""What people ask of a report in English: lists, several things, follow-ups, claims and talk."""

from tests.support.reports.told import Case, Told, asked

FERRIES = Told("""\
Norrland-Ferries Norrland 2022
Nine harbours handled 2,900 crates.
  crates|Number of crates|2,900 crates
  harbours|Number of harbours|9 harbours
  busiest|Busiest harbour|Harbour of Elm Point
Harbour of Elm Point: 850 crates (29.3%)
  elm|Crates of the Harbour of Elm Point|850 crates
  elm-share|Share of crates from the Harbour of Elm Point|29.3%
Harbour of Gull Rock: 640 crates (22.1%)
  gull|Crates of the Harbour of Gull Rock|640 crates
  gull-share|Share of crates from the Harbour of Gull Rock|22.1%
Saint Bride Pier: 410 crates (14.1%)
  bride|Crates of the Saint Bride Pier|410 crates
  bride-share|Share of crates from the Saint Bride Pier|14.1%
Harbour of Low Sand: 95 crates (3.3%)
  sand|Crates of the Harbour of Low Sand|95 crates
  sand-share|Share of crates from the Harbour of Low Sand|3.3%
Passengers rose most in Upper Quay (up 700 or 12 percent) and Port Mere (up 300 or 5 percent); the fare was 40 dollars.
  most|Dock with the largest rise in passengers|Upper Quay
  quay|Rise in passengers at Upper Quay (number)|700
  quay-percent|Rise in passengers at Upper Quay (percent)|12 percent
  mere|Rise in passengers at Port Mere (number)|300
  mere-percent|Rise in passengers at Port Mere (percent)|5 percent
  fare|Median fare|40 dollars
  fare-rise|Rise in the median fare|2.5%
  delay|Median delay of ferries|14 minutes
Of the fares 61% were sold above the list price, down from 70%.
  list|Share of fares sold above the list price|61%
  list-before|Earlier share of fares sold above the list price|70%
Locals accounted for 1.2 million trips, and tourists for 2 million.
  locals|Trips of locals|1.2 million
  tourists|Trips of tourists|2 million
Eleven of the 12 docks had more passengers; the survey began in June 1994.
  docks|Number of docks with more passengers|Eleven
  survey|Start of the survey|June 1994
""").asked("""\
# A list in English is of what is called by the kind and told beside it
elm-share gull-share: Which harbours make up more than 20% of crates?
sand: Which harbour has the fewest crates?
list list-before: What do you know about fares sold above the list price?
mere mere-percent: All the data on passengers at Port Mere, please
delay: All the delay figures
fare: List all the dollar amounts
# Several things in English are all told
gull bride sand: How many crates did Gull Rock, Saint Bride Pier and Low Sand handle?
gull bride sand: How many crates did Gull Rock, Saint Bride Pier, and Low Sand handle?
fare delay: What's the median fare and the delay?
fare fare-rise: What's the median fare and how much is it up?
quay mere: How many more passengers did Upper Quay and Port Mere each have?
quay mere: How many more passengers at Upper Quay and at Port Mere?
quay quay-percent: Upper Quay: how many extra passengers, and what percent is that?
# What is claimed in English is borne out or not
yes survey: The survey has been running since 1994, right?
yes delay: Delays are shorter than 15 minutes, I guess?
no locals tourists: Locals made more trips than tourists, I think?
# A follow up in English says what is left open
mere: How many more passengers did Upper Quay have? / and Port Mere?
quay-percent: How many more passengers did Upper Quay have? / in percent?
fare-rise: What is the median fare? / and how much is that up?
list-before: What share of fares sold above the list price? / what was it before?
-: How many trips did tourists make? / as a percentage?
""")


BRIDGES = Told("""\
石桥市 全市 2031
margin|净息差|1.7%
interest|利息净收入|3亿元
loans|贷款利息收入|4亿元
bad-loans|不良贷款|7亿元
bad|不良贷款率|1.1%
homes|养老机构数|41个
sights|A级景区数|9个
tickets|门票收入|2亿元
sales|茶企营业收入|5亿元
""").asked("""\
# A report in Chinese is asked in the words of banks, of homes for the elderly and of sights
margin: what was the net interest margin
interest: net interest income
bad: non-performing loan ratio
homes: how many elderly care facilities are there
sights: how many scenic areas are there
# Revenue is income of any kind
tickets: what was the revenue from tickets
sales: revenue of tea firms
""")


@asked(FERRIES, BRIDGES)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
