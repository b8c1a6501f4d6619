"""Common English words, written for this project: the frequent ones first.

They tell the language of a message, train the small letter model, and keep the speller off ordinary words.
"""

from __future__ import annotations

_TEXT = """
the i to and a my is it of in you for on that not have do can with me what how be this but are no at was if or so we
there your from will would don't can't i'm it's isn't doesn't didn't won't i've i'd i'll you're they're we're that's
what's there's couldn't wouldn't shouldn't haven't hasn't wasn't weren't aren't let's he's she's who's where's when's
how's dont cant im its isnt doesnt didnt wont ive ill thats whats as an am he she they them his her him our us their
all any some by out up down off about into over after before again then than too very just only also still even now here
where when why who which whose whom while because since until though although however both each every either neither
other another others those these ever till except behind beyond besides unlike plus minus myself hand
same such own more most less least much many few lot lots bit little big small good bad better
worse best worst great nice fine well new old first second third last next early late long short high low fast slow
slower faster quick quickly slowly easy easily hard simple right wrong true false correct different full empty open
closed free busy ready sure able unable possible impossible available unavailable yes yeah yep yup nope nah ok okay
please thanks thank hello hi hey bye goodbye sorry excuse welcome morning afternoon evening night today tomorrow
yesterday tonight monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december week weeks weekend month months monthly year years day days daily hour
hours minute minutes seconds time times moment soon later ago already yet never always sometimes often usually once
twice one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand
million zero half quarter number numbers could should might must shall did does doing done has had having been being
were got get gets getting gotten give gives gave given giving go goes going gone went come comes came coming make
makes made making take takes took taken taking put puts see sees saw seen seeing look looks looked looking watch
watching find finds found finding know knows knew known think thinks thought want wants wanted need needs needed like
likes liked love hate wish hope hoping help helps helped helping tell tells told say says said saying ask asks asked
asking answer answers answered talk talking talked speak speaking spoke call calls called calling phone telephone
mobile cell text texts message messages mail email emails send sends sent sending receive received receiving write
wrote written writing read reading hear heard listen listening show shows showed shown showing use uses used using
user users try tries tried trying start starts started starting begin began stop stops stopped stopping keep keeps
kept keeping continue finish finished end ends ended wait waits waited waiting hold stay stays stayed leave leaves
left leaving turn turns turned turning switch switched switching change changes changed changing move moves moved
moving set sets setting settings setup let lets opens opened opening close closes closing run runs running ran work
works worked working fix fixes fixed fixing break breaks broke broken breaking repair replace replaced replacement
return returned returns refund refunds refunded cancel cancels cancelled canceled cancelling cancellation terminate
disconnect disconnected disconnects disconnecting connect connects connected connecting connection connections
reconnect internet network online offline wifi wireless router routers modem cable cables wire wires line lines port
box device devices computer laptop pc tablet screen tv television channel channels picture video videos movie movies
music song songs game games play playing played light lights lamp red green blue yellow white black orange blinking
flashing blink button buttons power plug plugged socket speed speeds signal lag lags lagging lost lose loses losing
drop drops dropped dropping freeze freezes freezing frozen crash crashes stuck loading load loads download downloading
upload update updated updates upgrade upgraded upgrading install installed installing installation restart restarted
restarting reboot rebooted reset website site page pages app apps application link account accounts password passwords
login log logged logging sign signed name names username profile personal cabinet code codes pin verify verification
confirm confirmed confirmation access accessing security secure block blocked blocking unblock locked lock unlock
suspended expired expire pay pays paid paying payment payments bill bills billed billing invoice invoices receipt
receipts charge charges charged charging fee fees cost costs price prices pricing cheap cheaper expensive money cash
card cards credit debit bank banks transfer transfers transferred transaction transactions balance balances debt owe
owed due deposit withdraw withdrawal withdrew exchange rate rates currency dollar dollars cents euro pounds pound
ruble rubles amount amounts total extra discount discounts offer offers promo promotion bonus plan plans tariff
tariffs package packages subscription subscribe unsubscribe service services contract contracts agreement agreements
document documents copy copies certificate passport form forms request requests requested ticket tickets complaint
complaints complain issue issues problem problems trouble troubles error errors mistake mistakes fault faulty failed
fail fails failing failure outage happened happen happens happening question questions reason reasons information info
details detail status history list lists record records report reports reported check checks checked checking order
orders ordered ordering delivery deliver delivered shipping ship arrive arrived arrives arrival expect expected track
tracking address addresses house home flat apartment building street road city town country state place room kitchen
office offices store shop shops near nearest around outside inside back front side top bottom away far technician
engineer master operator operators person people human humans agent agents manager managers supervisor representative
staff employee employees support customer customers client clients company provider team desk someone somebody anyone
anybody everyone everybody nobody something anything everything nothing somewhere anywhere nowhere else instead
without within between against through during under above below across along among toward towards per via really
actually maybe perhaps probably possibly definitely exactly almost nearly enough quite rather pretty kind kinds sort
type types way ways thing things stuff part parts case cases point fact idea life man woman men women child children
kids baby boy girl family mother father mom dad wife husband son daughter brother sister friend friends neighbour
neighbors neighbor neighbours world school job business food water coffee tea dinner lunch breakfast recipe weather
rain snow car bus train taxi flight flights travel trip hotel book books booking booked reservation reserve meeting
meetings appointment appointments schedule scheduled calendar event events alarm alarms reminder reminders remind news
story map direction directions traffic gas oil tire doctor health insurance vacation holiday meaning mean means meant
word words language english russian spell translate sound sounds volume loud quiet hot cold warm temperature degrees
feel feels feeling felt happy sad angry upset annoyed tired sick terrible awful horrible ridiculous unacceptable
disappointed rude urgent urgently asap immediately important matter matters interested interesting understand
understood explain explained explaining remember forgot forget forgotten believe guess suppose seem seems seemed
appear appears appeared allow allowed allows add added adding remove removed removing delete deleted buy bought buying
sell sold purchase purchased purchases spend spent save saved saving apply applied applying choose chose chosen pick
select selected follow following followed provide provided include included includes require required requires contact
contacts contacted reach reached bring brought carry meet met live lives lived living visit visits visited join joined
share shared click clicked press pressed typed enter entered fill filled view viewed search searched dispute disputed
declined decline pending physical virtual stolen missing identity source funds limit limits limited maximum minimum
atm machine supported countries apple google visa mastercard merchant statement disposable why's sing theme invalid
valid theater theatre realized realize realise doable reflected reflect coat loan learning learn learned safe oven
france spain none letter letters file files folder keyboard mouse printer camera speaker headphones battery charger
door key keys wall floor ceiling table chair bed cat dog fish bird tree flower forest river sea lake mountain field
sky earth star wind storm thunderstorm frost heat medicine hospital pharmacy disease sport football university lesson
student teacher rule rules law laws court rights president nation peace war society culture cinema museum concert
present gift wedding birthday beautiful tasty sweet salty wet dry clean dirty heavy strong weak smart stupid evil
cheerful sleep slept woke stood sat lay drive drove fly swim throw catch hit cut cook cooked bake baking wash sew draw
dance teach study decide decided decision sixteen seventeen eighteen nineteen fourteen fifteen thirteen sixty seventy
eighty ninety group groups example examples permission uncle aunt grandson lawyer driver seller courier parcel parcels
shoes clothes jacket size color colour colors favorite favourite finance financial income tax taxes salary rent
mortgage interest percent policy coverage vehicle mileage lease engine brake jump meal meals calories nutrition
ingredients chicken beef rice bread milk sugar salt butter cheese egg eggs lemon cake pie soup salad restaurant
restaurants cellphone damn resolved resolve regarding revive relaxation seeking
"""
# Less common ones, one form each, in no order: as letters go and as words to leave alone they are as good.
_MORE = """
abroad absence absolute abuse academic accent acceptable accident accommodation accompany accomplish according accurate
accuse achieve acid acknowledge acquire act action active actor actress adapt addiction additional adequate adjust
administration admire admission admit adopt adult advance advantage adventure advert advertise advice advise advocate
affair affect afford afraid agency agenda aggressive agriculture ahead aid aim aircraft airline airplane airport aisle
album alcohol alien alike alive allergic allergy alley alliance alligator ally almond alone aloud alphabet alter
alternate altogether aluminum amateur amaze ambassador ambition ambulance amend america american amuse analysis analyst
analyze ancestor ancient anger angle animal anniversary announce annual anonymous ant anticipate antique anxiety
anxious apologize apparent appeal appetite applaud appliance appreciate approach appropriate approval approximately
apricot apron arch architect architecture area arena argue argument arise arm army arrange arrest arrow art article
artificial artist ash ashamed asia aside asleep aspect aspirin assault assemble asset assign assist associate assume
assumption assure asthma astronaut athlete atlantic atmosphere atom attach attack attempt attend attention attic
attitude attorney attract auction audience audio audit australia author autumn avenue average avoid awake award aware
awesome awkward axis babysitter bachelor background backpack backward backyard bacon bacteria badge badminton bag bagel
baggage baker bakery balcony bald ball ballet balloon ballot bamboo ban banana band bandage bang banker bankrupt banner
bar barber bare bargain bark barn barrel barrier base baseball basement basic basis basket basketball bass bat batch
bath bathroom bathtub bay beach bead beam bean bear beard beast beat bedroom bedtime bee beer beetle beg beginner
behalf behave behavior behaviour belief bell belly belong belt bench bend beneath benefit berry bet beta betray
beverage bible bicycle bid bike bind biography biology birth biscuit bite bitter blade blame blank blanket blast bleach
bleed blend blender bless blind blog blonde blood bloody bloom blouse blow blueberry board boat body boil boiler bold
bomb bond bone bookmark bookstore boom boost boot booth border bored born borrow boss bottle bounce boundary bow bowl
boyfriend bracelet brain branch brand brass brave brazil breach breast breath breed breeze bribe brick bride bridge
brief briefly bright brilliant britain british broad broadband broadcast broccoli brochure bronze broom brown browse
bruise brunch brush brutal bubble bucket buddy budget buffalo buffer buffet bug builder bulb bulk bull bullet bully
bump bunch bundle bunny burden bureau burger burglar burn burst bury bush businessman butcher butt butterfly buyer buzz
cab cabbage cabin cache cactus cafe cafeteria cage calculate calm camel camp campaign campus canada canal candidate
candle candy cannon canoe canvas cap capability capacity cape capital captain capture caramel carbon cardboard cardigan
career careful careless caretaker cargo carnival carpenter carpet carriage carrier carrot cartoon cartridge carve
cashier casino cast castle casual catalog catalogue category cathedral catholic cattle cauliflower caution cautious
cave caviar cease celebrate celery cellar cellular cement cemetery census central centre century ceramic cereal
ceremony certain chain chairman chalk challenge champagne champion championship chance chaos chapter character
characteristic charity charm chart chase chat cheat cheek chef chemical chemist chemistry cherry chess chest chew chick
chief childhood chili chill chimney chin china chinese chip chocolate choice choir chord chore chorus christian
christmas chronic church cigarette cinnamon circle circuit circumstance circus cite citizen citizenship civil civilian
claim clarify clash class classic classify classmate classroom clause claw clay cleaner clearance clearly clerk clever
cliff climate climb clinic clip cloak clock clone closet cloud cloudy clown club clue clumsy cluster coach coal
coalition coast coastal cocktail cocoa coconut coin coincidence collaborate collapse collar colleague collect college
collision colonel colony column comb combination combo comedian comedy comfort comic command comment commerce
commercial commission commit committee commodity common communicate community commute compact companion comparable
comparison compartment compass compatible compensate compete competition competitor compile complement complex
compliance complicated compliment comply component compose composition compound comprehensive compress compromise
compulsory conceal concentrate concept concern conclude conclusion concrete condition condom conduct conductor cone
conference confess confidence confidential configuration conflict confront confuse congratulate congress conscious
consent consequence conservation consider consist console constant constitute construct consult consume consumption
container contamination contemporary contempt contend content contest context continent contractor contradict contrary
contrast contribute controversial convenience convention conversation convert convey convict convince cookie cool
cooperate coordinate cop cope copper copyright coral cord core corn corner corporate correspond corridor corrupt
cosmetic costume cottage cotton couch cough council counsel counselor counter counterfeit countryside county coup
couple coupon courage courtesy courtyard cousin cover covid cow coworker cozy crab crack craft crane crawl crazy cream
create creation creative creator creature credentials creek creep crew cricket crime criminal crisis crisp criteria
critic crop cross crossword crowd crown crucial crude cruel cruise crush cry crystal cube cucumber cuisine cult
cultivate cup cupboard cupcake curb cure curiosity curious curl curly currant current curriculum curry curse curtain
curve cushion custard custody cycle cyclist cylinder daddy dairy daisy damage damp danger dare dark darling dash
dashboard data database dating dawn daylight dead deadline deaf deal dealer dear death debate decade decaf decay decent
deck declare decorate decrease dedicate deed deep deer defeat defect defend defense deficit define delicate delicious
delight demand democracy democratic demonstrate denial dense density dental dentist deny department departure depend
depress depth deputy derive descend describe description desert deserve design desirable desktop despair desperate
despite dessert destination destroy destruction detect detergent determine develop diabetes diagnose diagnosis diagram
dial dialogue diamond diary dice dictate dictionary die diesel diet difficult difficulty dig digest digit dignity
dilemma diligent dime dimension dine diner dinosaur dip diploma diplomat director directory dirt disability
disadvantage disagree disappear disaster discard discharge discipline disclose disco discourage discover discovery
discretion discrimination discuss disguise disgust dish dishwasher disk dislike dismiss disorder dispatch display
disrupt distance distant distinct distinguish distort distract distribute distributor district disturb dive diverse
divide division divorce dizzy dock documentary dolphin domain domestic dominant donate donkey donor donut doorbell dose
dot doubt dough dove downtown dozen draft drag dragon drain drama dramatic drawer dread dream dress drift drill drink
drip drought drown drug drum drunk dryer duck duet duke dull dumb dumbbell dump duplicate duration dust dusty dutch
duty dwell dynamic eager eagle ear earn earphone earring earthquake ease east easter eastern eat eaten eater echo
eclipse ecology economic economist economy edge edit editor editorial educate effect efficiency effort ego elaborate
elastic elbow elder elect electric electrician electronic elegant element elementary elephant elevator eligible
eliminate elite elsewhere embarrass embassy embrace embroidery emerge emergency emission emit emoji emotion emphasis
emphasize empire employ enable encounter encourage encyclopedia endless endorse endure enemy energetic energy enforce
engage england enhance enjoy enlarge enormous enquire enquiry enrich enroll ensure enterprise entertain enthusiasm
enthusiastic entire entitle entity entrance entrepreneur entry envelope envious environment envy epic epidemic episode
equal equation equip equivalent era erase errand escalate escape especially espresso essay essence essential establish
estate estimate eternal ethic ethnic europe european evaluate eve eventually everyday everywhere evidence evolution
evolve exaggerate exam examination exceed excellent excess excite exclude exclusive executive exempt exercise exhaust
exhibit exist exit exotic expand expansion expedition expel experiment expert expertise explanation explicit explode
exploit explore explosion export expose exposure express extend extension extent exterior external extract
extraordinary extreme eye eyebrow eyelash eyesight fabric fabulous face facebook facial facilitate facility factor
factory faculty fade faint fair fairy faith fake fall familiar famous fan fancy fantastic fantasy fare farewell farm
farmer fascinate fashion fat fatal fate fatigue faucet favor favour fear feast feather feature federal feed feedback
fell fellow female feminine fence ferry fertile festival fetch fever fiber fibre fiction fierce fight fighter figure
film filter filthy final finest finger fingerprint finland fire firefighter fireplace firewall firework firm fisherman
fist fit fixture flag flame flashlight flavor flavour flaw flee fleet flesh flexibility flip float flock flood flour
flourish flow flu fluent fluid flush flute foam focus fog foggy fold folk fond foolish foot footage footwear forbid
forbidden force forecast forehead foreign forever forge forgive fork formal format former formula forth fortnight
fortunate forum forward fossil foster foundation founder fountain fox fraction fracture fragile fragment fragrance
frame framework franchise frank freak freedom freelance freely freezer freight french frequency frequent fresh freshman
fridge fried friendship frog frontier frown fruit frustrate fuel fulfill fully fun function fundamental funeral funny
fur furious furnish furniture furthermore fury fuse fuss future gadget gain galaxy gallery gallon gamble gang gap
garage garbage garden garlic garment gasoline gate gather gauge gay gear gender gene general generate generic generous
genetic genius genre gentle gentleman genuine geography geometry germ german germany gesture ghost giant gigabyte
ginger giraffe girlfriend glad glance glass glimpse global globe gloomy glory glove glow glue gluten goal goat god gold
golden golf goose gorgeous gospel gossip govern governor gown grab grace grade gradual graduate grain gram grammar
grand grandchild grandfather grandma grandmother grandpa grandparents grant grape graph graphic grasp grass grateful
gratitude grave gravity gravy grease greasy greece greed greek greenhouse greet grey grief grill grim grip groceries
groom gross ground grow growth guarantee guard guardian guest guidance guide guideline guilt guilty guitar gulf gum gun
guy gym gymnastics habit habitat hacker hail hair haircut hairdresser hairy halfway hall halloween halt ham hamburger
hammer hamster handbag handicap handle handsome handwriting handy hang happily harbor hardware harm harmless harmony
harsh harvest hat hatch hatred haul hawk hay hazard hazel headache header heading headline headlight headquarters
headset heal healthy heap heart heartbeat heater heaven heavily hedge heel height heir helicopter hell helmet helpless
hen herb herd heritage hero heroic herself hesitate hide highlight highway hike hill hilarious himself hint hip hire
historian historic hobby hockey holder hole hollow hollywood holy homeless homepage homework honest honesty honey
honeymoon honor honour hood hook hopeless horizon horizontal horn horror horse hose host hostage hostel hostess hostile
household housewife housework hover hug huge humble humid humor humour hunger hungry hunt hunter hurricane hurry hurt
hut hydrogen hygiene hypothesis ice iceberg icon icy ideal identification identify idiom idiot ignorance illegal
illusion illustrate image imaginary imagination imitate immense immigrant immune impact impatient implement implication
imply impose impress imprison improve impulse inability inappropriate inbox incentive inch incident incline inclusive
inconvenience increase incredible indeed independence index india indian indicate indirect individual indonesia indoor
induce industrial inevitable infant infect infinite inflation influence inhabitant inherit initial inject injure injury
ink inland inner innocent innovation input inquire inquiry insane insect insert insight insist inspect inspector
inspiration instagram instance instant institute instruct instructor instrument insult intake integral intellectual
intelligence intend intense intention interact interfere interior intermediate internal international interpret
interrupt intersection interval intervene intervention interview intimate introduce introduction invade invasion invent
inventory invest investigate investor invisible invitation involve iran ireland irish iron irony irrelevant irritate
island isolate israel italian italy itch item itself ivory jail jam japan japanese jar jaw jazz jealous jeans jelly jet
jewel jewelry jewish jog joint joke journal journalist journey joy judge judgment juice juicy junction jungle junior
junk jury justice justify juvenile kangaroo karaoke keen kettle keyword kick kidney kill killer kilo kilogram kilometer
kilometre kindergarten king kingdom kiss kit kite kitten knee kneel knife knit knock knot knowledge korea korean label
labor laboratory labour lace lack lad ladder lady lamb landing landlord landmark landscape lane lap large laser lasagna
lash latin latter laugh laughter launch laundry lava lavatory lawn layer layout lazy lead leader leadership leaf
leaflet league leak lean leap leather lecture legacy legal legend legendary legislation legitimate leisure lemonade
lend length lens lentil leopard lettuce lever liability liable liberal liberty librarian library license licence lick
lid lie lifestyle lifetime lift lighter lightning lily limb lime linear linen lingerie lion lip lipstick liquid liquor
literacy literally literary literature litre litter liver lizard lobby lobster local locate locker logic logo lonely
longer loop loose lord lorry loss lottery lounge lover loyal loyalty luck luckily lucky luggage lump lung luxury lyrics
mac machinery mad madam magazine magic magician magnet magnificent maid maiden mailbox mainland mainly maintain
maintenance major makeup male mall mammal mandatory mango manifest manner manual manufacture maple marathon marble
margin marine mark marker market marriage married martian marvel masculine mask mass massage massive match mate
material math mathematics mattress mature maximize mayor mayonnaise meadow meantime meanwhile measure meat mechanic
medal media medical medieval medium melody melon melt member membership memorable memorial menace mental mention menu
merchandise mercy mere merge merit merry mess messy metal meteor meter method metric metro mexican mexico microphone
microsoft microwave middle midnight midst migrate mild mile military mill milligram millimeter millionaire mind mine
mineral minimal minister ministry minor mint miracle mirror miserable misery misleading misplace mission mist mistaken
mix mixer mixture mode model moderate modern modest modify module moisture momentum monetary monitor monkey monopoly
monster mood moon moral moreover mortality mosque mosquito motel motion motivate motor motorbike motorcycle mount mouth
movement mow mud muddy muffin mug multimedia multiple multiply mum murder muscle muscular mushroom musician mustache
mustard mute mutual myth mystery mythology nail naked nap napkin narrative narrow nasty nationwide native natural
naughty navigate navy nearby neat necessarily necessary necessity neck necklace needle negative neglect negotiate
neighborhood nephew nerve nervous nest net netherlands neutral nevertheless newcomer newly newspaper nickname niece
nigeria nightlife nightmare nighttime nod noise noisy nominate nonetheless nonsense noodle noon normal north northern
norway nose notably note notebook noticeable notification notify notion notorious noun nowadays nuclear nuisance numb
numerous nurse nursery nut nylon oak oatmeal obey object obligation obscure observation obstacle obvious occasion
occupation occupy occur ocean odd offend offense official offspring oily okra olive olympic omelette omit ongoing onion
onto opera opinion opponent opportunity oppose opposite opt optical optimistic optimize option oral orbit orchestra
ordinary organ organic organisation organization orientation origin ornament orphan otherwise ought ounce ourselves
outcome outdated outdoor outer outfit outing outlet outline outlook output outrage outstanding overall overcome overdue
overlap overlook overnight overseas oversee overtime overview overweight overwhelm owl owner ownership oxygen oyster
pace pacific pack pad pain paint painter pair palace pale palm pan pancake pandemic panel panic pants paper paperwork
parade paradise paragraph parallel pardon parent park parliament parrot parsley partial participant particle particular
partner partnership party passage passenger passion passive past pasta paste pastime pastries pat patch path patience
patient patrol pattern pause pavement paw peach peak peanut pear pearl peas peasant peculiar pedestrian peel peer
penalty pencil penguin peninsula pensioner pepper pepperoni perceive percentage perception perfect perform perfume
peril period perish permanent permit persist personnel perspective persuade pessimistic pest pet petition petrol petty
phase phenomenon philosopher philosophy phoenix phonetic photo photograph photography phrase physician pianist piano
pickle pickup picnic pig pigeon pile pill pillow pilot pinch pine pineapple pink pint pioneer pipe pirate pistol pit
pitch pity pizza plague plain plaintiff planet plant plastic plate platform platinum plausible player playground
playlist plaza plead pleasant pleasure pledge plenty plot plow plum plumber plunge plural pm pocket podcast poem poet
poetry poison poker poland polar pole polish polite politician poll pollution polo pond pony pool poor pop popcorn
popular population porch pork porn portable porter portfolio portion portrait portray portugal pose posh position
possess postage postal postcard poster postman pot potato potential pottery poultry pour poverty powder practical
practise praise pray prayer preach precede precious precise predict preference pregnancy pregnant prejudice preliminary
premiere premise premium preparation prescribe prescription presence preserve pressure presumably pretend prevail
prevent preview previous prey pride priest primarily primary prime primitive prince princess principal principle print
prior priority prison privacy private privilege prize probe procedure proceed process produce product profession
professor profit profound program programme progress prohibit project projector prolong prominent promise prompt
pronounce pronunciation proof propaganda proper property prophet proportion proposal prosecute prosecutor prospect
prosper protect protein protest protocol proud prove province provision provoke psychological public publish pudding
pull pulse pump pumpkin punch punctual punish pupil puppet puppies pure purple purpose purse pursue pursuit push puzzle
pyramid qualification qualified quality quantity quarantine quarrel queen query quest questionnaire queue quilt quiz
quota quotation quote rabbit race racial racism racist rack radar radiation radical radio rag rage raid rail railroad
railway rainbow raincoat rainy raise rally ram ramp ranch random range rank rap rape rapid rare rat ratio rational raw
ray razor reaction reactor reader readily realistic reality realm rear reassure rebel rebuild recall recent reception
recession recipient reckless reckon recognise recognition recognize recommend reconcile reconsider recover recovery
recreation recruit rectangle recycle redeem redirect reduce reduction redundant refer referee reform refresh
refrigerator refugee refurbish refuse regardless regime region register registration regret regular regulate rehearsal
reign reinforce reject relate relationship release relevant reliable reliance relief relieve religion religious
reluctant rely remain remainder remark remedy remix remote renew rental repeat replay reply representation reproduce
reproduction republic republican reputation rescue research resemble resent reservoir reside residential residue resign
resist resolution resort resource respect respond response rest restless restore restrain restrict result resume retail
retain retire retreat retrieve reunion reveal revelation revenge revenue reverse revise revolution revolutionary reward
rhythm rib ribbon rich rid riddle ride rider ridge rifle rigid ring riot rip ripe rise risk risky ritual rival roast
rob robbery rock rocket rocky rod role roll roller roman romance romania romantic rome roof roommate rooster root rope
rose rotate rotten rough round roundabout route routine row royal rub rubber rubbish rug rugby ruin ruler rum rumor
rumour runner runway rural rush russia rust rusty sack sacred sacrifice saddle safety sail sailor saint sake sale
salesman salmon salon salsa salute sample sanction sand sandal sandwich sandy sanitizer santa sarcastic satellite
satisfaction satisfactory satisfied sauce saucer sausage savage scale scan scandal scanner scar scarce scare scarf
scary scatter scenario scene scenery scent scheme scholar scholarship science scientific scientist scissors scold scope
score scotland scottish scout scramble scrap scrape scratch scream screenshot screw script scroll sculpture seal seam
season seat seaweed secondary secret secretary section sector seed segment seize seldom self selfie selfish semester
seminar senate senior sensation sense sensible sensitive sensor sentence sentiment separate sequence series serious
sermon servant serve server session settle settlement several sewage sex sexual shade shadow shake shallow shame
shampoo shape shark sharp sharply shatter shave shed sheep sheer sheet shelf shell shelter sheriff shield shift shine
shiny shirt shiver shock shoot shore shortage shortcut shot shoulder shout shove shovel shower shred shrimp shrink
shrug shuffle shut shutter shuttle shy sibling sidewalk sigh sight sightseeing signature significance silence silent
silicon silk silly silver similar simon simplicity simplify simply simulate simultaneously sin sincere singer sink sip
siren sit situate sixth skate skateboard skeleton sketch ski skill skin skinny skip skirt skull skype slack slam slap
slave slavery sleepy sleeve slender slice slide slight slim slip slipper slippery slope slot smash smell smile smoke
smooth smoothie smuggle snack snail snake snap sneak sneaker sneeze snore snowboard snowy soak soap soar sober soccer
social sock soda sodium sofa soft software soil solar soldier sole solid solidarity solo solution solve someday somehow
somewhat sophisticated sore sorrow soul sour south southern souvenir soy space spacious spaghetti spanish spare spark
spatula special specialist species specific specify specimen spectacle spectacular spectator spectrum speech sphere
spice spicy spider spill spin spinach spine spiral spirit spiritual spit spite splash splendid split spoil spokesman
sponge sponsor spoon spot spotify spouse spray spread spring sprint spy squad square squeeze squirrel stab stability
stable stack stadium stage stain stair staircase stake stale stamp stance stand standard staple stapler stare starter
startle starve statistic statue steadily steady steak steal steam steel steep steer stem step stepmother stereo stern
stew stick sticker sticky stiff stimulate sting stir stitch stock stomach stone stool storage stormy stove straight
straightforward strain strand stranger strap strategic strategy straw strawberries stream strength strengthen stress
stretch strict strike string strip stripe stroke stroll structural struggle stubborn studio stumble stunning style
subject submarine submission submit subsequent substance substantial substitute subtitle subtle subtract suburb
suburban subway succeed success sudden sue suffer sufficient suggest suicide suit suitable suitcase sum summarize
summary summer summit sun sunburn sunglasses sunlight sunny sunrise sunset sunshine super superb superior supermarket
supervise supper supplement supplier supplies suppress supreme surf surface surgeon surgery surplus surprise surrender
surround survey survival survivor sushi suspect suspicion suspicious sustain swallow swan swap swear sweat sweater
sweden swedish sweep swift swing swiss switzerland sword symbol sympathy symphony symptom syndrome synonym syntax
synthetic syrup system tablecloth tablespoon tackle taco tag tail tailor takeaway takeoff tale talent tall tank tap
tape target task taste tear tease teaspoon technical technique technological teenage teeth telegram telegraph telescope
temper temple temporarily temporary tempt temptation tenant tend tendency tender tennis tension tent term terrace
terrific terrify territory terror terrorist tester texas textbook thai thailand thanksgiving theft themselves theory
therapist therapy thereby therefore thermometer thermostat thesis thick thief thigh thin thirst thirsty thorough thread
threat threaten thrill thriller throat throne throughout thumb thunder thus tick tide tidy tie tiger tight tighten tile
timber timer timetable timezone timid tin tiny tip tissue titanic title toast toaster tobacco toddler toe together
toilet tolerance toll tomato ton tone tongue tool tooth toothbrush toothpaste topic torch tornado tortoise torture toss
touch tough tour tourism tourist tournament towel tower toxic toy trace tracker trade trader tradition tragedy tragic
trail trailer trainer trait tram transit transmission transmit transparent transplant transportation trap trash trauma
tray treadmill treasure treasury treat treatment treaty tremble tremendous trend trial triangle tribe trick tricky
trigger trim triumph trivia trivial troop trophy tropical trousers truck truly trumpet trunk trust truth tube tuition
tulip tumor tuna tune tunnel turkey turkish turtle tutor tutorial tweet twentieth twin twist twitter tyre ugly ukraine
ultimate umbrella unauthorized unaware unbelievable uncertain uncertainty uncomfortable unconscious undergo
undergraduate underground underline underneath undertake underwear undo unemployed unexpected unfair unfamiliar
unfortunate unfriendly unhappy unhealthy uniform union unique unit unity universal universe unmute unnecessary unpack
unpaid unpleasant unplug unusual upcoming uphold upper upright upside upstairs upward urban urge urgency usage useless
utensil utility utter vacancy vacant vaccination vacuum vague vain valley valuable value van vanilla vanish variable
variation variety various vary vase vast vegan vegetable vegetarian veil vein velvet vendor ventilation venture venue
verb verbal verdict verse version versus vertical vessel veteran veterinarian vibration vice victim victory vietnam
viewer village villain vinegar vintage violate violence violent violin viral virtue virus visible vision visitor visual
vital vitamin vivid vocabulary vocal voice volcano volleyball voluntary volunteer vote voter voucher voyage vulnerable
wage waist waiter waitress wake walk wallpaper walnut wander warehouse warmth warn warrant warranty warrior washer
washington wasp waste watermelon wave wax wealth wealthy weapon wear weave weed weekday weigh weight weird welfare
western whale wheat wheel wheelchair whichever whip whisk whiskey whisper whistle whole wholesale wholly wicked wide
widespread widow width wild wilderness wildlife willingness win windy wine wing winner winter wipe wisdom wise wit
witch wolf wonder wood wooden wool worker workout workplace workshop worldwide worm worried worship worth worthless
worthwhile worthy wound wrap wreck wrinkle wrist writer yacht yard yawn yeast yell yoga yogurt yolk york young younger
youngster youth youtube zebra zip zodiac zone zoo zoom adam alan albert alex alexander alexandra alice alison amanda
amy andrea andrew angela anita anna anne annie anthony arthur barbara ben benjamin beth betty billy bob bobby brad
brandon brian bruce bryan carl carlos carol caroline catherine charles charlie charlotte chloe chris christina
christine christopher claire clara colin connor craig cynthia dan daniel danny dave david dean deborah dennis derek
diana diane donald donna doris dorothy douglas dylan eddie edward elaine elena elizabeth ella ellen emily emma eric
erica ethan eugene eva evan evelyn fiona florence francis fred frederick gabriel gary george gerald gina gloria gordon
graham greg gregory hannah harold harry heather helen henry holly howard hugh ian irene isaac isabel isabella ivan jack
jackie jackson jacob jake james jamie jane janet jason jay jeff jeffrey jennifer jenny jeremy jerry jesse jessica jill
jim jimmy joan joanna joe joel john johnny jon jonathan joni jordan jose joseph josh joshua joyce juan judith judy
julia julian justin karen karl kate katherine kathleen kathy katie keith kelly ken kenneth kevin kim kyle larry laura
lauren laurence lawrence leah lee leo leon leonard leslie lewis liam linda lisa liz logan lois louis lucas lucy luis
luke lynn maggie marcus margaret maria marie marilyn mario marion marta martha martin martina marvin mason matt matthew
max megan melissa mia michael michelle miguel mike mitchell mohammed molly monica morgan nancy naomi natalie nathan
neil nicholas nick nicole nina noah nora norman olivia oscar owen pamela patricia patrick paul paula peggy peter phil
philip philippa phillip rachel ralph ramona randy raymond rebecca richard rick robert robin roger ronald rosa rosemary
roy russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean sergio seth shane shannon sharon sheila
shirley sofia sophia sophie stanley stella stephanie stephen steve steven stewart stuart susan suzanne sylvia tara
taylor ted teresa terry theodore theresa thomas tiffany tim timothy tina todd tom tommy tony tracy travis tyler valerie
vanessa vera veronica victor victoria vincent violet virginia vivian walter wanda warren wayne wendy william willie
zachary africa amsterdam arizona athens atlanta austin baltimore bangkok barcelona beijing belgium berlin birmingham
boston bristol brooklyn brussels california cairo cambridge carolina chicago cleveland colorado columbus copenhagen
cuba dallas delhi denmark denver detroit dubai dublin edinburgh egypt florida geneva georgia glasgow hawaii houston
hungary iceland illinois indiana iraq istanbul jersey kansas kentucky kenya leeds lisbon liverpool london louisiana
madrid malaysia manchester manhattan maryland massachusetts melbourne memphis miami michigan milan milwaukee
minneapolis minnesota mississippi missouri montana montreal moscow mumbai munich nashville nebraska nevada newcastle
ohio oklahoma orlando oregon oslo ottawa oxford pakistan paris pennsylvania peru philadelphia philippines pittsburgh
portland prague sacramento san seattle shanghai singapore stockholm sydney tampa tennessee tokyo toronto utah vancouver
vegas venice vermont vienna warsaw wisconsin wyoming zurich angeles diego francisco mon tue thu thur jan feb mar apr
jun jul aug sep sept oct nov dec pls plz thx lol btw etc gonna wanna gotta yall hmm huh hehe haha wow oops ugh yay bro
dude sir maam mister mr mrs ms dr cm mm kg km lb lbs oz ft mph gb tb kb usd eur gbp dob pto ira vat hr cd dvd pdf url
html gmail uber lyft ebay netflix alexa siri olly pandora walmart starbucks mcdonalds ikea
indie mandarin pitt hwy uae stat syncing sync nerd lynch bellevue coke teen typo blockade loft latte
"""
WORDS = tuple(_TEXT.split())
MORE = tuple(_MORE.split())
