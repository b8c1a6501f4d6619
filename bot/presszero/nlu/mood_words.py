"""The words that tell a mood, written by hand for this project, in Russian and English.

Each line: a weight, then patterns on folded words with one space between them; a pattern begins and ends where a word
does. What weighs under 1 tells nothing alone.
"""

ANGRY = r"""
2.0 безобрази\w*|издева\w+|(?:бесит|бесите|бесят)|(?:в )?бешенств\w*|задолба\w*|надоели|надоело|заколебал\w*|достали
2.0 (?:на)?хам(?:ит|ил|или|ила|ят|ство|ства|ло|ское)|(?:вы )?(?:обманщик\w*|жулик\w*|ворье|воры|мошенники вы)
2.0 позор\w*|отврат\w*|омерзит\w*|ужас а не \w+
2.0 ужасн\w+ (?:\w+ )?(?:сервис|поддержк\w+|обслуживани\w+|отношени\w+|компани\w+)|нагл\w+|обнаглел\w*|плевать
2.0 наплевать|некомпетентн\w+|беспредел\w*|лохотрон\w*|развод(?:ите|илово)|какого черта|к черту|черт возьми
2.0 какого хрена|какого фига|хрен(?:ь|овый|овая|ово)|фигня|дерьм\w+|г[оа]вн\w+|бля\w*|ху[йеия]\w*|на ?ху[йяюе]|пизд\w+
2.0 (?:за|вы|на|от)?еб[аеу]\w+|сук[аи]|твар[ьи]|идиот\w*|дебил\w*|придур\w+|туп(?:ой|ые|ая)
2.0 терпени[ея] (?:мое )?(?:кончил\w+|лопнул\w+|закончил\w+)|хватит (?:уже|меня|нас|мне|кормить)|возмут\w+|возмущ\w+
2.0 (?:что|какой|это|полный) (?:за )?бред|отфутболива\w+|отписк\w+|отмазк\w+|отговорк\w+
2.0 (?:разозл|зл)(?:юсь|ил\w*|ит|ая|ой)|(?:это )?неприемлемо|недопустимо|возмущен\w*|кошмарн\w+|ненавижу
2.0 худш(?:ий|ая|ее|ие)|хуже некуда|ridiculous|outrageous|unacceptable|disgust\w+|terrible|horrible|awful|appalling
2.0 pathetic|disgrace\w*|shame on you|shameful|furious|pissed(?: off)?|(?:so |very |really )?angry|fed up
2.0 sick (?:and tired )?of|had enough|(?:i|we) hate|hate (?:this|you\w*)|worst|liars?|thieves|crooks|scammers you
2.0 incompetent\w*|idiots?|morons?|stupid|useless|crap\w*|shit\w*|bullshit|fuck\w*|damn|wtf|rubbish|what the hell
2.0 why the hell|how dare you|what a joke|(?:is|are) a joke|nonsense|rude|ripped? off|rip off|joke of a
1.7 (?:как )?(?:вам )?не стыдно|стыдно|позорищ\w*|нагруби\w+|груб(?:о|ый|ая|или|ила|ят|ит)?|по хамски|хуже всех
1.7 (?:самый|самая) плох\w+|никуда не год\w+|из рук вон
1.7 плох(?:о|ое|ой) (?:работаете|обслуживани\w+|обслужива\w+|сервис|отношени\w+)
1.7 ужасн(?:о|ое|ый) (?:работаете|качеств\w+)|кинули|брос(?:ил|ила|или|ают) трубку|пьян\w+
1.7 сколько (?:еще )?(?:можно|раз)|сколько мне (?:еще )?ждать|до каких пор|ну когда (?:уже|же)
1.7 за что (?:я )?(?:вам )?(?:вообще )?плачу|вообще (?:там )?работаете|вы (?:там )?вообще|никому не (?:по)?советую
1.7 не рекомендую|ничего (?:толком )?не (?:можете|умеете|делаете)|буду жаловаться|пожалуюсь
1.7 напишу (?:жалобу|в роспотребнадзор|в прокуратуру|претензию)|подам (?:жалобу|в суд)|в суд|роспотребнадзор\w*
1.7 вечно (?:у вас|все|ничего)|(?:не|ни капли не) уважа\w+|неуважени\w+|how many times|how (?:much )?longer
1.7 how long (?:do|must|should) i|what am i paying|stop (?:passing|sending|ignoring|calling|wasting)
1.7 (?:i will|i'll|going to|i'm going to|gonna) (?:sue|complain|report)|see you in court|my lawyer
1.7 (?:would|will|can) not recommend|can't recommend
1.7 (?:poor|bad|lousy|sloppy|shoddy) (?:service|job|work|support|attitude)|couldn't be (?:poorer|worse)|ashamed
1.7 outraged|appalled|boor\w*|mockery|rudely|drunk|(?:take|taking|see) you (?:to|in) court
1.7 (?:you|he|she|they) (?:lied|deceive\w*|cheated)|deceiv\w+|hung up on (?:me|us)|(?:don't|do not) (?:even )?care
1.7 can't do (?:anything|nothing)|always breaks|(?:even|actually) work there
1.5 не ?(?:очень )?довол\w+|не (?:очень )?(?:нравится|понравил\w+)|не устраивает|разочарован\w*|кошмар|обманыва\w+
1.5 спасибо (?:\w+ )?(?:\w+ )?(?:опять|снова|за то что не|за испорченн\w+)|где (?:ваш )?мастер
1.5 обещали (?:еще )?(?:вчера|позавчера)|not (?:very )?(?:happy|satisfied|pleased)|unhappy|disappoint\w+
1.5 thanks (?:a lot|for nothing)(?: \w+){0,6} (?:again|not)|thanks for nothing|nobody (?:cares|answers|helps)
1.3 (?:по|на)жалова(?:ться|лась|лся)|жалуюсь|обману(?:л|ла|ли) меня|меня обману\w+
1.3 (?:i'm|i am|want to|will be|i'll be) complain(?:ing)?
1.2 waste of (?:time|money)|did not show up|didn't show up|no show
0.9 (?:ухожу|уйду|уходим|перехожу) (?:от вас|к друг\w+)|жалоб\w+|(?:i'm|i am|we are|we're) (?:switching|leaving)
0.9 complaint|you promised
0.6 опять|снова|вечно|никто|ничего не работает|третий день|второй день|обещали|обманули|again|third day|second day
0.6 nothing works|still not|yet again|for weeks|where is he
"""
WORRIED = r"""
2.0 пережива(?:ю|ем|ет)|бо(?:юсь|имся|ится)|беспоко(?:юсь|имся|ит|ится)|волну(?:юсь|емся|ет|ется)|тревож\w+
2.0 нервнича\w+|опаса(?:юсь|емся)|(?:в )?панике|паник(?:ую|уем)|страшно|растерял\w+|растерян\w*|в ужасе
2.0 места себе не нахожу|умоля(?:ю|ем)|worr(?:ied|ying|y about)
2.0 (?:i'm|i am|we are|we're) (?:really |so |very )?(?:afraid|scared|frightened)|afraid|anxious|nervous|panic\w*
2.0 concerned|scary|scared|uneasy|(?:i'm|i am|feel|feeling) (?:so |really |a bit )?(?:lost|confused|helpless)|beg you
2.0 desperate\w*
1.7 (?:не знаю|не знаем) (?:что|как) (?:мне )?(?:делать|быть)|что (?:же )?теперь будет|выручайте|спасите|а вдруг
1.7 не опасно|опасно ли|это опасно|не обман|не развод|не мошенник\w*|не (?:по)?теряются
1.7 (?:don't|do not) know what to do|what will happen|what if|please please help|(?:is (?:this|it|that) )?dangerous
1.7 (?:is|was) (?:this|it|that) a scam|is (?:my|the|our) \w+ (?:lost|safe|gone)
1.7 i hope (?:you|it|i|they|we) (?:won't|don't|will not|do not|isn't)
1.5 надеюсь (?:что )?(?:вы |меня |нас |это )?не|не понима(?:ю|ем) что (?:происходит|случилось)|точно не|все пропало
1.5 деньги (?:потерян\w+|пропали)|(?:don't|do not) understand what is (?:going on|happening)|everything is gone
1.5 won't make it|won't be (?:fined|charged|cut)
1.3 взломал\w*|мошенник\w*|украли|украдут|уволят|оштрафуют|отключат|заблокируете|заблокируют|не успе\w+
1.3 пахнет горелым|на дистанционке|hacked|scammers|stolen|fined|cut (?:me|us) off|lose my job|smells? of burning
0.9 помогите|что (?:мне |нам )?(?:теперь )?делать|как (?:мне |нам )?быть|(?:please )?help me|please help
0.9 what (?:should|can|do) (?:i|we) do|will i (?:get|lose|be)
0.6 срочно|пожалуйста|ребен\w+|пожил\w+|экзамен\w*|извините|urgent\w*|please|child|elderly|exam|sorry|quickly
"""
PLEASED = r"""
2.0 (?:огромное|большое|сердечное) (?:вам |тебе )?(?:человеческое )?спасибо
2.0 спасибо (?:вам |тебе )?(?:большое|огромное|огромнейшее)|(?:вы|ты) (?:просто )?(?:лучшие|лучший|лучшая)|лучшие
2.0 (?:вы )?(?:меня |нас )?спасли|спасительниц\w+|(?:thank you|thanks) (?:so|very) much|many thanks
2.0 thanks a (?:lot|million|bunch)|(?:you are|you're|you guys are) (?:the best|great|awesome|amazing)|thank you all
1.8 ура|молодц\w+|молодчин\w+|так держать|выручил\w*|пять баллов|(?:5|пять) из (?:5|пяти)
1.8 (?:очень |всем |весьма )?довол(?:ен|ьна|ьны)|(?:мне )?(?:все |очень )?понравил\w+|нравится|прекрасн\w+
1.8 замечательн\w+|великолепн\w+|восхит\w+|обожаю|вот это сервис|hooray|hurray|yay|well done|nice job|good job
1.8 great job|keep it up|saved (?:me|us|my day)|five stars|now that is service|lifesaver|saved the day
1.8 (?:very |really |so )?(?:happy|pleased|satisfied|impressed|delighted)|i (?:really )?(?:liked?|loved?)
1.8 love (?:that|it|this|how|your)|wonderful|excellent|fantastic|brilliant|awesome|amazing|perfect
1.5 благодар(?:ю|им|на|ен|ны|ность|ностей|ности|ств\w+)|признател\w+|респект|от души
1.5 (?:все )?(?:отлично|супер|класс|классно|здорово|круто|шикарно)|приятно|(?:очень )?рад[аы]? (?:что)?
1.5 никаких (?:претензий|нареканий|жалоб)|рекомендую|спасибо (?:вам |всем |тебе )?за (?!то что не)\w+|grateful
1.5 appreciate\w*|pleasure|(?:i'm |i am |so )?glad|(?:that was |this was |all |it was )?great|super|no complaints
1.5 would recommend|(?:thanks|thank you) for (?!nothing)\w+
0.9 п?а?спасиб\w*|спс|пасиб\w*|благодарочка|мерси|сенкс|сенк ю|thanks|thank (?:you|ya|u)|thanking you|thanx|thx|tysm
0.9 cheers|bless you|god bless
0.7 (?:все )?(?:заработал[оаи]?|получилось|решил[иа]?|решилось|разобрал(?:ась|ся)|летает|починили|работает)|быстро
0.7 помогли|помогло|вежлив\w+|(?:it |all |everything )?(?:works|worked|solved|fixed|resolved|is back|it's back|flies)
0.7 all good|figured it out|quick|helped|helpful|polite
"""
