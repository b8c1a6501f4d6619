"""First names, Russian (in their case forms) and English, for masking. Those that are also words or places are weak.

A table: nothing is decided here.
"""

from __future__ import annotations

from functools import cache

_RU = """
александр алексей анатолий андрей антон аркадий арсений артём артем артур борис вадим валентин валерий василий виктор
виталий владимир владислав вячеслав геннадий георгий глеб григорий даниил данил денис дмитрий евгений егор иван игорь илья
иннокентий кирилл константин леонид макар максим матвей михаил никита николай олег павел пётр петр руслан рустам савелий
семён семен сергей станислав степан тимофей фёдор федор филипп эдуард юрий яков ярослав ренат ильдар захар богдан
александра алёна алена алина алиса алла анастасия ангелина анжела анна антонина валентина валерия варвара василиса
вероника галина дарья диана евгения екатерина елена елизавета жанна зинаида зоя инна ирина карина клавдия кристина ксения
лариса лидия людмила маргарита марина мария наталья наталия нина оксана олеся ольга полина раиса светлана снежана софия
софья тамара татьяна ульяна юлия эльвира айгуль гульнара
саша лёша леша коля ваня петя миша вася дима витя серёжа сережа толя юра паша гриша боря маша даша катя лена таня оля наташа
аня настя ира юля ксюша люда галя зина лиза алеся соня
"""
_RU_WEAK = """
вера надежда любовь лев роман слава света люба надя лилия лида вика яна кира марат тимур виктория костя женя тоня рома марк
"""
_RU_ODD = "павла павлу павлом павле петра петру петром петре льва льву ильи илье илью ильёй никиты никите никиту"
_EN = """
aaron adam alan albert alex alexander alice amanda amy andrea andrew angela ann anna anne anthony arthur ashley barbara ben
benjamin betty brandon brian bruce caroline catherine charles charlotte chloe chris christina christine christopher claire
craig cynthia daniel david deborah denise dennis diane donald donna dorothy douglas edward elizabeth ella ellen emily emma
eric ethan eugene evelyn fiona frances gary george gerald gordon graham gregory hannah harold harry helen henry howard hugh
ian isabella jacob james jane janet jason jeff jeffrey jennifer jeremy jessica joan joe john jonathan joseph joshua joyce
judith judy julia julie justin karen kate katherine kathleen keith kelly kenneth kevin kimberly larry laura lauren lawrence
liam linda lisa louis louise lucas lucy luke margaret maria marie marilyn martha martin mary matthew megan melissa michael
michelle mike nancy natalie nathan nicholas nicole noah olivia oliver pamela patricia patrick paul peter philip phillip
rachel ralph raymond rebecca richard robert roger ronald rosemary ruth ryan samantha samuel sandra sara sarah scott sean
sharon shirley sophia sophie stephanie stephen steve steven stuart susan teresa theresa thomas timothy tyler vincent walter
wayne william zachary ivan sergey olga natalia dmitry alexey elena tatiana anastasia jim dave nick tim priya mohammed ahmed
"""
_EN_WEAK = """
mark bill will rose grace faith hope frank jack art leo oscar victoria diana sam ray pat tom madison carol gloria heather joy may june april
lewis roy russell francis jordan dean grant bob terry
"""


@cache
def strong() -> frozenset[str]:
    """Names that are nothing else, folded."""
    return frozenset((*_forms(_RU), *_RU_ODD.split(), *_EN.split()))


@cache
def weak() -> frozenset[str]:
    """Names that are also something else."""
    return frozenset((*_forms(_RU_WEAK), *_EN_WEAK.split())) - strong()


def _forms(names: str) -> list[str]:
    return [form for name in names.split() for form in (name, *_declined(name))]


def _declined(name: str) -> list[str]:
    head, last = name[:-1], name[-1]
    if last == "а":
        return [head + end for end in ("е", "у", "ой", "и" if head[-1] in "гкхжшщч" else "ы")]
    if last == "я":
        return [head + end for end in ("и", "е", "ю", "ей", "ёй")]
    if last in "йь":
        return [head + end for end in ("я", "ю", "ем", "е")]
    return [name + end for end in ("а", "у", "ом", "е")]
