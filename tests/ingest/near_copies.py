"""A story of the press, and what other newspapers make of it: for tests of near copies."""

STORY = (
    "The upper chamber voted on Thursday to keep the orbiting station supplied for two more years. "
    "Members of three parties had asked for a shorter term, and lost by eleven votes. "
    "The agency that runs the station said that it would order four freighters before the summer. "
    "Its director told reporters that the money would not reach beyond the second winter. "
    "“We buy time, and time is what we were short of,” said Ines Halvorsen, the director. "
    "A committee of engineers is to report in autumn on the cracks that were found in the oldest module. "
    "Until then nobody is to sleep there, and its hatch stays shut at night."
)
SENTENCES = STORY.split(". ")
TRIMMED = ". ".join(SENTENCES[:5])
MENDED = STORY.replace("Thursday", "Friday").replace("eleven", "12").replace("had asked for", "wanted")
SHUFFLED = ". ".join([SENTENCES[0], *SENTENCES[2:4], SENTENCES[5], SENTENCES[6]])
DIFFERENT = (
    "Farmers along the river say that the new weather satellite has changed when they sow. "
    "The pictures come at six in the morning, and by seven the ferryman has told both banks what they show. "
    "Nobody there had heard of the ministry that paid for it, and few would recognise its minister. "
    "What they do know is that the floods of May were seen coming for the first time in living memory. "
    "An extension office wants to print the pictures on the back of the market calendar next year."
)
