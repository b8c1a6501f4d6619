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
WORDS = tuple(_TEXT.split())
