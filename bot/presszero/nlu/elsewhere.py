"""Sentences that no support desk answers, written for this project.

The trainer shows them to a new model to learn how unsure it is of what it cannot know; they are never an intent.
"""

from __future__ import annotations

_RU = """
какая погода будет на выходных
расскажи анекдот про студентов
сколько будет двести умножить на семь
кто написал войну и мир
посоветуй хороший фильм на вечер
как приготовить борщ со свеклой
сколько калорий в яблоке
переведи на немецкий слово бабочка
столица австралии какой город
кто выиграл матч вчера вечером
как вырастить помидоры на балконе
болит горло чем полоскать
напиши стихотворение про осень
сколько километров до луны
какой курс доллара сегодня
где купить зимние шины
во сколько уходит последний автобус на вокзал
мне приснился странный сон про море
как научить собаку давать лапу
что подарить маме на день рождения
ты умеешь петь
какой твой любимый цвет
почему трава зеленая
забронируй столик в ресторане на двоих
закажи такси до аэропорта
как пришить пуговицу
напомни полить цветы
сколько дней до нового года
купил вчера новые кроссовки очень доволен
в чем смысл жизни
мой сын пошел в первый класс
у соседей лает собака всю ночь
порекомендуй книгу по истории рима
как похудеть к лету
где взять справку для бассейна
какие витамины пить зимой
сыграем в города
что такое фотосинтез
сколько стоит билет в театр
когда начинается рыбалка на щуку
как правильно варить яйца
сломался холодильник не морозит
потекла батарея в ванной
как получить загранпаспорт
записаться к стоматологу
где мой рюкзак
кошка не ест второй день
какая марка машины лучше
выпиши рецепт на лекарство
ставки по ипотеке в этом году
а бэ вэ гэ дэ
тра ля ля
просто так пишу делать нечего
на улице красиво снег идет
"""
_EN = """
what will the weather be like on sunday
tell me a joke about cats
what is two hundred times seven
who wrote romeo and juliet
recommend a good movie for tonight
how do i make pancakes
how many calories are in a banana
translate butterfly into german
what is the capital of australia
who won the game last night
how do i grow tomatoes on a balcony
i have a sore throat what should i take
write a poem about autumn
how far away is the moon
what is the dollar exchange rate
where can i buy winter tires
when does the last bus to the station leave
i had a strange dream about the sea
how do i teach my dog to sit
what should i give my mother for her birthday
can you sing
what is your favourite colour
why is grass green
book a table for two tonight
get me a taxi to the airport
how do i sew on a button
remind me to water the plants
how many days until christmas
i bought new shoes yesterday and love them
what is the meaning of life
my son started school this year
the neighbours' dog barks all night
suggest a book about ancient rome
how can i lose weight before summer
which vitamins are good in winter
let's play chess
what is photosynthesis
how much is a theatre ticket
how long should i boil an egg
the fridge is not cooling any more
there is a leak under the bathroom sink
how do i get a visa for japan
make an appointment with the dentist
where did i leave my backpack
the cat has not eaten for two days
which car brand is the best
what are mortgage rates this year
add milk to my shopping list
play some jazz
turn down the heating in the bedroom
la la la
just typing because i am bored
it is snowing and it looks beautiful
who is the president of france
"""
SENTENCES: tuple[str, ...] = tuple(line for text in (_RU, _EN) for line in text.split("\n") if line)
