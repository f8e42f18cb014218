"""How people ask a report whose labels and keywords are English alone."""

from tests.support.reports.told import Told, asked, stated

MUSEUMS = Told("""\
Norland 2021
Visits to museums were 3.4 million in March 2021, up 6 percent compared with March 2020 and 9 percent on March 2018.
  visits|Visits to museums|3.4 million|March 2021
  visits-growth|Rise in visits to museums|6 percent|March 2021
Farm museums (up 21,000 or 14 percent) and naval museums (up 8,000 or 31 percent) gained the most.
  farm|Rise in visits to farm museums (number)|21,000|March 2021
  farm-percent|Rise in visits to farm museums (percent)|14 percent|March 2021
  naval|Rise in visits to naval museums (number)|8,000|March 2021
  naval-percent|Rise in visits to naval museums (percent)|31 percent|March 2021
Half of all guides, 48%, are under contract.
  contract|Share of guides under contract|48%|March 2021
Guests from Austria paid 120,000 visits, guests from Canada 80,000 and guests from Lesser Woodland 9,000.
  austria|Visits by guests from Austria|120,000|March 2021
  canada|Visits by guests from Canada|80,000|March 2021
  woodland|Visits by guests from Lesser Woodland|9,000|March 2021
The visits in March were the most ever.
  record|Record of the number of visits to museums|the most ever|March 2021
Visits to Port Alder fell 12.5% and visits to Edinburgh 3%.
  alder|Fall in visits to museums in Port Alder|12.5%|March 2021
  edinburgh|Fall in visits to museums in Edinburgh|3%|March 2021
A visit took 41 minutes, against 52 a year earlier.
  minutes|Length of a tour in minutes|41|2021
  minutes-before|Length of a tour in minutes a year earlier|52|2020
Guides are 38.4 years old on average.
  age|Average age of guides|38.4 years old|2021
  engineering|Guides who studied engineering|31|2021
""").asked("""\
# A question finds its fact
visits: How many visits to museums were there in March 2021?
visits-growth: By what percentage did visits to museums rise compared with March 2020?
farm: how many more visits did farm museums have|increase in visits to farm museums
farm-percent: what was the percentage increase in visits to farm museums
contract: What share of guides is under contract?
austria: how many visits were there by an Austrian guest
canada woodland: how many visits were by guests from Canada and from Lesser Woodland
visits: What was the number of visits to museums?
farm: how many extra visits did farm museums have
farm-percent: visits to farm museums were up by what percent|农场的参观量增加了百分之几
alder edinburgh: how much did visits to museums fall in Port Alder and Edinburgh
minutes-before: length of a tour a year ago
age: 导游平均多少岁|what age are the guides
# What no fact says is not answered
-: How much did visits rise from December 2020 to March 2021?
-: How many visits were by Norwegians?
-: how many guides are from Westerbrook
""")

# Money is written with its sign, offences come in kinds, and words that mean little elsewhere are names here.
MILLS = Told("""\
Hartmill 2021
Total sales rose 4.1 per cent to £310.5 million, from £298.3 million.
  sales|Total sales|£310.5 million
  sales-before|Total sales in 2020|£298.3 million|2020
  sales-growth|Growth of total sales|4.1 per cent
Profit before tax and one-off items was £20.4 million, 7.2 per cent lower than the year before.
  profit|Profit before tax and one-off items|£20.4 million
  profit-fall|Fall in profit before tax|7.2 per cent
Same-store sales fell 1.5 per cent in the spring and rose 2.2 per cent in the autumn.
  spring|Fall in same-store sales in the spring|1.5 per cent
  autumn|Growth of same-store sales in the autumn|2.2 per cent
Thefts from vans rose from 31 cases to 47 cases, and thefts from barns cost £90,000.
  vans|Thefts from vans|47 cases
  vans-before|Thefts from vans in 2020|31 cases|2020
  lost|Money lost in thefts from barns|£90,000
Offences against drivers numbered 9 and all offences 86, 3.1 offences per 1,000 deliveries.
  drivers|Offences against drivers|9
  offences|Offences reported|86
  rate|Crime rate|3.1 offences per 1,000 deliveries
Visitors to the mills numbered 14,200 in March, an increase of 310.
  visitors|Visitors to the mills|14,200
  visitors-growth|Increase in visitors to the mills|310
Of the mills, 6 in Wales and 11 in Scotland grind rye.
  wales|Mills that grind rye in Wales|6
  scotland|Mills that grind rye in Scotland|11
""").asked("""\
# What the words of a question in the terms of the report leave unexplained makes another thing of it
-: What was operating profit?|What is the average age of visitors?|How many thefts from vans were there in supermarkets?
-: What share of drivers were women?|By what percentage did the money lost in thefts rise?
# A number without a sign is no money, and a rate no number
-: How much money was lost in thefts from vans?
sales: What were total sales?|total sales
offences: How many offences were reported?
drivers: How many offences against persons who drive?|offences against drivers
rate: What was the crime rate?
# What something rose from, or is less than, has not changed itself
vans-before: How many thefts from vans were there in 2020?
sales-before: How much were total sales in 2020?
# A name with hyphens is one word, and its letters may be mistyped
spring: By how much did same-store sales fall in the spring?
autumn: growth of same-store sales in the autunm
# The parts of a question, and what goes on from one
visitors visitors-growth: Number of visitors to the mills and by how much they increased?
profit-fall: What was profit before tax and one-off items? / by how much did it drop?
# A claim sets two places side by side, and a list is of kinds or of all data
yes wales scotland: In 2021 fewer mills grind rye in Wales than in Scotland, right?
no vans: Thefts from vans were half a million, yes?
""")


def test_a_place_without_a_code_takes_the_place_of_one_before() -> None:
    assert stated(MUSEUMS.last("How much did visits to museums fall in Edinburgh?", "Port Alder?")) == ["alder"]


@asked(MUSEUMS, MILLS)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
