share = Share
open-bot = Open in Shushuo

browse-empty = There is no report to browse yet.
browse-sections = Tap a section:
browse-facts = { $count ->
    [one] One fact in this section; tap it:
   *[other] { $count } facts in this section; tap one:
  }
browse-previous = ‹ Back
browse-next = More ›
browse-back-to-topics = « All sections
browse-back-to-section = « This section
browse-another = Another one
browse-id = ID
browse-neighbours = In the same sentence:
browse-which-id = Please write the ID behind the command, such as /fact { $id }. It stands on each fact's page; /topics and /random lead there.
browse-no-such-id = No fact has the ID “{ $id }”.
browse-like = These are written alike:
browse-see-topics = Please look in /topics.

about =
    Shushuo { $version } answers in the report's own figures and quotes the sentence each time.

    { $reports }

    { $facts } facts in all, knowledge version { $knowledge }
about-report = { $report }: { $facts } facts
about-source = Source code
