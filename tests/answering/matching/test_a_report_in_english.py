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
austria: how many visits did Austrians pay|how many visits were there by an Austrian guest
canada woodland: how many visits were by guests from Canada and from Lesser Woodland
visits: What was the number of visits to museums?
farm: how many extra visits did farm museums have
farm-percent: visits to farm museums were up by what percent|农场的参观量增加了百分之几
alder edinburgh: how much did visits to museums fall in Port Alder and Edinburgh
minutes-before: length of a tour a year ago
age: 导游平均多少岁|what age are the guides
naval: how many more visits did navl museums have
# What no fact says is not answered
-: How much did visits rise from December 2020 to March 2021?
-: How many visits were by Norwegians?
-: how many guides are from Westerbrook
""")


def test_a_place_without_a_code_takes_the_place_of_one_before() -> None:
    assert stated(MUSEUMS.last("How much did visits to museums fall in Edinburgh?", "Port Alder?")) == ["alder"]


@asked(MUSEUMS)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
