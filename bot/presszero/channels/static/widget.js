// Press Zero: the chat on a customer's page (docs/web-protocol.md)
(() => {
'use strict';
if (customElements.get('press-zero')) return;
const tag = document.currentScript || document.querySelector('script[src*="widget.js"]');
const BASE = new URL('.', tag.src), PREFIX = `pz:${BASE}:`;

const LANGS = ['ru', 'en'], WORDS = `own|Русский|English
support|Поддержка|Support
more|Ещё|More
less|Свернуть|Minimise
log|Переписка|Conversation
bot|Бот|Bot
operator|Специалист|Specialist
you|вы|you
field|Сообщение|Message
ask|Напишите вопрос|Write your question
add|Можно дополнить|You can add details
reply|Ваш ответ|Your reply
send|Отправить|Send
clip|Приложить файл|Attach a file
unread|Поддержка, новых сообщений: #|Support, new messages: #
botHere|Отвечает бот|The bot answers
here|, люди на связи|, people are here
till| до | until 
from| с | from 
calling|Зовём человека|Calling a person
with|Сейчас с вами|With you now
zero|Позвать человека|Call a person
zeroOff|позовём, когда будет сеть|we will call when you are online
usual|обычно |usually 
withPerson|С вами человек|You are with a person
end|Завершить разговор|End conversation
next|Ваша очередь следующая|You are next
wait|Ждём специалиста|Waiting for a person
ahead|Перед вами # человек|# people are ahead of you
one|Перед вами 1 человек|1 person is ahead of you
takes|Обычно до ответа проходит #. |It usually takes #. 
canClose|Окно можно закрыть: ответ придёт сюда.|You can close this window: the answer will come here.
note|Оставить сообщение и не ждать|Leave a message and do not wait
back|Вернуться к боту|Back to the bot
off|Нет связи.|No connection.
offHow| Пишите дальше: отправим по порядку, как только сеть вернётся.| Keep writing: we will send it in order when it is back.
waits|Ждёт сети|Waiting for network
drop|Не отправлять|Do not send
failed|Не отправлено|Not sent
again|Повторить|Try again
done|Доставлено|Delivered
sending|Отправляем, |Sending, 
cancel|Отменить|Cancel
old|прежний вопрос|earlier question
chosen|выбрано|chosen
options|Варианты|Options
typing| печатает| is typing
below|Новое ниже|New below
article|Статья целиком|The whole article
picture|Картинка|Picture
ticket|Обращение № |Request No. 
due|ответим до |an answer by 
new|принято|received
open|в работе|in progress
waiting|ждём вас|waiting for you
policy|Как мы храним переписку|How we keep this conversation
contact|Почта или телефон для ответа|E-mail or phone for the answer
save|Сохранить|Save
skip|Пропустить|Skip
badContact|Нужна почта или телефон полностью.|A whole e-mail address or phone number is needed.
bigFile| не отправить, файл больше, МБ: | cannot be sent, it is over, MB: 
badFile|: такие файлы не принимаем.|: such files are not accepted.
export|Прислать мне разговор|Send me the conversation
wipe|Удалить разговор|Delete the conversation
wipeHow|? Он исчезнет и у нас.|? It will be gone on our side too.
wipeYes|Удалить|Delete
wipeNo|Оставить|Keep
restart|Сначала|Start again`.split('\n').map(line => line.split('|'));

const DARK = `color-scheme:dark;--surface:#1b1b19;--sunken:#232320;--hover:#252522;--pressed:#31302c;--border:#32312d;--edge:#7f7b72;--text:#edebe6;--text-2:#bbb7ae;--text-3:#a09b91;
--accent:#4cc2bf;--lip:#2a8583;--on:#06201f;--me:#1d5654;--on-me:#effaf9;--tint:#163634;--words:#7fd9d5;--bot:#2a2a27;--warn:#3a2a0c;--warn-text:#f5c56b;--bad:#ffb0a6;--danger:#f07f73;--on-danger:#2a0805;--info:#c6bbfa;--focus:#8ab4ff;--shade:rgb(0 0 0/.6)`;
const CSS = `:host{all:initial!important}
*,::before,::after{box-sizing:border-box}
.r{color-scheme:light;--surface:#fff;--sunken:#f0eeea;--hover:#f5f3ef;--pressed:#e5e2db;--border:#e1ddd6;--edge:#8b867c;--text:#1d1c1a;--text-2:#53504a;--text-3:#68645c;
--accent:#0b6a6e;--lip:#064347;--on:#fff;--me:#0b6a6e;--on-me:#fff;--tint:#dff0ef;--words:#07575b;--bot:#efede8;--warn:#fdebc8;--warn-text:#764a00;--bad:#a11a16;--danger:#b3261e;--on-danger:#fff;--info:#4b3a9e;--focus:#1d5bd6;--shade:rgb(29 28 26/.2);
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,"DejaVu Sans",sans-serif;--t-12:12px/16px var(--sans);--t-14:14px/20px var(--sans);--bold:600 15px/20px var(--sans);--shadow:0 16px 48px var(--shade),0 0 0 1px var(--border);
font:15px/22px var(--sans);color:var(--text)}
@media(prefers-color-scheme:dark){.r:not([data-theme=light]){${DARK}}}
.r[data-theme=dark]{${DARK}}
.r.own{--accent:var(--own);--me:var(--own);--on:lch(from var(--own) calc((49.44 - l)*infinity) 0 0);--on-me:var(--on);--lip:color-mix(in srgb,var(--own),#000 35%);--tint:color-mix(in srgb,var(--own) 12%,var(--surface));--words:color-mix(in srgb,var(--own) 35%,var(--text))}
h2,h3,p,ol{margin:0;padding:0}
button,input,textarea{font:inherit;color:inherit;margin:0}
button{border:0;background:none;cursor:pointer}
b{font-weight:600}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
svg{width:16px;height:16px;flex:none;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.grow{flex:1;min-width:0}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.key{display:grid;place-items:center;flex:none;min-width:24px;height:24px;border:1px solid var(--border);border-radius:5px;background:var(--surface);box-shadow:inset 0 -2px 0 var(--pressed);color:var(--text-2);font:600 12px/16px var(--sans)}
.zero{min-width:28px;height:28px;border-radius:7px;background:var(--accent);border-color:var(--accent);color:var(--on);box-shadow:inset 0 -2px 0 var(--lip);font-size:15px}
.face{display:grid;place-items:center;width:28px;height:28px;flex:none;border-radius:50%;background:var(--tint);color:var(--words);font:600 12px/1 var(--sans)}
.face.bot{border-radius:8px;background:var(--bot);color:var(--text-2);box-shadow:inset 0 -2px 0 var(--pressed)}
.btn{display:block;width:100%;min-height:44px;margin-top:6px;padding:8px 16px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);font:var(--bold)}
:is(.btn,.opt,.art,.sq,.item):hover{background:var(--hover)}
.btn.main{background:var(--accent);border-color:var(--accent);color:var(--on);box-shadow:inset 0 -2px 0 var(--lip)}
.btn.quiet{border-color:transparent;background:none;color:var(--words)}.btn.danger{background:var(--danger);border-color:var(--danger);color:var(--on-danger)}
.launch{position:fixed;right:24px;bottom:24px;z-index:2147483000;display:grid;place-items:center;width:60px;height:60px;padding:0 0 3px;border-radius:18px;background:var(--accent);color:var(--on);box-shadow:inset 0 -4px 0 var(--lip),0 4px 16px var(--shade)}
.launch:active{padding:0;box-shadow:inset 0 -1px 0 var(--lip)}
.launch svg{width:28px;height:28px;stroke-width:1.4}
.count{position:absolute;top:-7px;right:-7px;display:grid;place-items:center;min-width:24px;height:24px;padding:0 6px;border:2px solid #fff;border-radius:12px;background:#b3261e;color:#fff;font:600 12px/1 var(--sans)}
.sq{display:grid;place-items:center;width:44px;height:44px;flex:none;padding:0;border-radius:12px;color:var(--text-2)}
.sq svg{width:20px;height:20px}.dots svg{stroke-width:2.4}
.w{position:fixed;right:24px;bottom:100px;z-index:2147483000;display:flex;flex-direction:column;width:400px;height:min(664px,100vh - 124px);overflow:hidden;border-radius:16px;background:var(--surface);box-shadow:var(--shadow);animation:up .24s cubic-bezier(.2,.8,.2,1)}
.w:focus{outline:0}
@keyframes up{from{opacity:0;transform:translateY(12px)}}
.hd{display:flex;align-items:center;gap:10px;padding:8px 8px 8px 16px;border-bottom:1px solid var(--border)}
h2{font:600 16px/22px var(--sans);overflow-wrap:anywhere}.hd p{font:var(--t-12);color:var(--text-2)}
.hd .face{width:36px;height:36px;font-size:15px}
.menu{position:absolute;top:56px;right:8px;z-index:2;width:min(300px,100% - 16px);padding:8px;border-radius:12px;background:var(--surface);box-shadow:var(--shadow);font:var(--t-14)}
.item{display:block;width:100%;min-height:44px;padding:8px 12px;border-radius:8px;text-align:left}.menu p{padding:4px 12px}
.bar{display:flex;gap:10px;padding:10px 16px;background:var(--warn);font:var(--t-14)}.bar svg{margin-top:2px;color:var(--warn-text)}
.art{display:flex;align-items:center;gap:10px;width:100%;min-height:56px;padding:8px 12px;border:1px solid var(--border);border-radius:12px;color:var(--text);text-decoration:none;font:var(--t-14);overflow-wrap:anywhere}
.art :is(b,small){display:block}.art small{font:var(--t-12);color:var(--text-2)}.art>svg:first-child{width:20px;height:20px;color:var(--info)}
.tk{padding:6px 16px;border-width:0 0 1px;border-radius:0;background:var(--sunken)}
.log{flex:1 1 0;min-height:72px;display:flex;flex-direction:column;overflow:auto;overflow-anchor:none;overscroll-behavior:contain}
:is(.log,.tk):focus-visible{outline-offset:-2px}
.log>div{margin-top:auto;padding:8px 16px 16px}
.turn{position:relative;display:flex;flex-direction:column;gap:4px;align-items:flex-start;margin-top:16px;padding-left:36px}
.turn>.face{position:absolute;left:0;top:20px}.turn>small{font:var(--t-12);color:var(--text-3)}
.cont{margin-top:4px}
.mine{align-items:flex-end;padding:0 0 0 48px}
.bub{max-width:100%;padding:8px 12px;border-radius:4px 14px 14px 14px;overflow-wrap:anywhere;white-space:pre-wrap;text-wrap:pretty;background:var(--bot)}
a{color:var(--words);text-underline-offset:3px}.bub.operator{background:var(--tint)}
.mine .bub{border-radius:14px 14px 4px;background:var(--me);color:var(--on-me)}.mine .bub a{color:inherit}
.later .bub{background:var(--surface);color:var(--text);box-shadow:inset 0 0 0 1px var(--edge)}
.pic{display:block;max-width:100%;max-height:240px;border-radius:12px}
.st{display:flex;flex-wrap:wrap;align-items:center;justify-content:flex-end;gap:4px;font:var(--t-12);color:var(--text-3)}.st svg{width:14px;height:14px}.err,.bad{color:var(--bad)}
.st button{position:relative;min-height:24px;padding:0 4px;color:var(--words);text-decoration:underline}.st button::after{content:"";position:absolute;inset:-10px -6px}
.sys{display:flex;align-items:center;gap:10px;margin-top:16px;color:var(--text-3);font:var(--t-12);text-align:center;overflow-wrap:anywhere}.sys::before,.sys::after{content:"";flex:1;min-width:12px;height:1px;background:var(--border)}
.law{padding-top:8px;font:var(--t-12);color:var(--text-3)}
.opts{display:grid;gap:6px;width:100%;margin-top:4px}
.opt{display:flex;align-items:center;gap:10px;min-height:44px;padding:6px 14px 6px 10px;border:1px solid var(--edge);border-radius:12px;background:var(--surface);text-align:left;overflow-wrap:anywhere}
.opt.on{border-color:var(--accent);background:var(--tint)}.opt.old{border-style:dashed;color:var(--text-3)}
.typing{letter-spacing:4px;animation:dot 1.2s infinite}
@keyframes dot{50%{opacity:.25}}
.ask{display:flex;flex-wrap:wrap;gap:6px;margin-top:16px;padding:12px;border:1px solid var(--border);border-radius:12px;font:var(--t-14)}.ask>*{width:100%}.ask .btn{flex:1}
.field{width:100%;min-height:44px;padding:9px 14px;border:1px solid var(--edge);border-radius:12px;background:var(--surface);font:16px/24px var(--sans);resize:none}
.field::placeholder{white-space:nowrap;color:var(--text-3);opacity:1}.field[aria-invalid]{border-color:var(--danger)}
.below{align-self:center;min-height:32px;margin:-40px 0 8px;padding:4px 14px;border-radius:16px;background:var(--text);color:var(--surface);font:var(--t-14);z-index:1}
.person{display:flex;flex-wrap:wrap;align-items:center;gap:0 10px;width:calc(100% - 24px);min-height:44px;margin:4px 12px 0;padding:4px 12px 4px 10px;border-radius:12px;background:var(--tint);color:var(--words);font:var(--bold);text-align:left}
.person small{flex:1;font:var(--t-12);color:var(--text-2);text-align:right}
.person button{min-height:44px;margin:-4px -4px -4px auto;padding:0 8px;font:var(--t-14);text-decoration:underline;text-underline-offset:3px}
.wait{min-height:96px;overflow:auto;margin:4px 12px 0;padding:16px;border-radius:16px;background:var(--tint);text-align:center}
.wait ol{display:flex;justify-content:center;gap:8px;margin-bottom:12px}.wait .face{background:var(--surface);color:var(--text-3)}.wait .you{width:auto;padding:0 12px;border-radius:14px;background:var(--accent);color:var(--on)}
h3{font:600 22px/30px var(--sans)}.wait p{margin:4px 0 14px;color:var(--text-2)}.wait :is(h3,p){text-wrap:balance}
.comp{display:flex;align-items:flex-end;gap:2px;padding:8px}.send,.send:hover{margin-left:6px;background:var(--accent);color:var(--on);box-shadow:inset 0 -3px 0 var(--lip)}
@media(max-height:560px){.w{bottom:12px;height:calc(100dvh - 24px)}.w~.launch{display:none}}
@media(max-width:600px){.launch{right:16px;bottom:16px}.w{inset:0;width:auto;height:100dvh;border-radius:0}.w~.launch{display:none}}
@media(max-height:640px){.wait{padding:12px}.wait ol{display:none}h3{font-size:18px}}
@media(prefers-reduced-motion:reduce){*{animation:none!important}}
`;
const ICONS = {
	dots: 'M3 8h.1M8 8h.1M13 8h.1', down: 'm4 6 4 4 4-4', right: 'm6 4 4 4-4 4', check: 'm3 8.5 3.2 3.2L13 4.8',
	chat: 'M2.5 4.5a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7l-3 2.5v-2.5a1.9 1.9 0 0 1-1.5-2z',
	book: 'M8 4.2C6.5 3.2 4.5 3 2.5 3v9.5c2 0 4 .2 5.5 1.2 1.5-1 3.5-1.2 5.5-1.2V3c-2 0-4 .2-5.5 1.2zm0 0v9.5',
	clip: 'm13 7.5-5 5a3.2 3.2 0 0 1-4.5-4.5l5.2-5.2a2.1 2.1 0 0 1 3 3L6.6 10.9a1 1 0 0 1-1.5-1.5L9.6 5',
	send: 'M2.5 8h5M2.5 2.8l11 5.2-11 5.2L4.2 8z', user: 'M5 5.5a3 3 0 1 0 6 0 3 3 0 1 0-6 0M3 13.5c.3-3 2.3-4.5 5-4.5s4.7 1.5 5 4.5',
	off: 'M2 2l12 12M8 12.5v.1M5.5 9.9a3.8 3.8 0 0 1 4.2-.7M3.3 7.4a7 7 0 0 1 2.5-1.5m3-.3a7 7 0 0 1 3.9 1.8',
	clock: 'M2.2 8a5.8 5.8 0 1 0 11.6 0 5.8 5.8 0 1 0-11.6 0M8 5v3.2l2 1.3',
};

const h = (name, props, ...kids) => {
	const el = document.createElement(name);
	if (props?.big) props = { class: props };
	for (const key in props) {
		const value = props[key];
		if (value?.call) el.addEventListener(key, value);
		else if (value != null && value !== false) el.setAttribute(key, value);
	}
	el.append(...kids.flat().filter(Boolean));
	return el;
};
const button = (cls, click, ...kids) => h('button', { class: cls, type: 'button', click }, ...kids);
const quiet = (name, cls, ...kids) => h(name, { class: cls, 'aria-hidden': true }, ...kids);
const icon = name => {
	const [svg, path] = ['svg', 'path'].map(part => document.createElementNS('http://www.w3.org/2000/svg', part));
	svg.setAttribute('viewBox', '0 0 16 16'); svg.setAttribute('aria-hidden', true); path.setAttribute('d', ICONS[name]); svg.append(path);
	return svg;
};
const square = (cls, text, name, click, more) => h('button', { class: 'sq ' + cls, type: click ? 'button' : 'submit', 'aria-label': text, click, ...more }, icon(name));
const web = href => { try { const url = new URL(href, BASE); return /^https?:$/.test(url.protocol) && url; } catch { return null; } };
const link = (href, cls, ...kids) => h('a', { href, class: cls, target: '_blank', rel: 'noopener noreferrer' }, ...kids);
const newId = () => crypto.randomUUID?.() || Date.now() + '-' + Math.random();
const backoff = tries => Math.min(30, .5 * 2 ** tries) * (500 + Math.random() * 500);
const fine = matchMedia('(hover:hover)').matches;
const noop = () => {};
const locked = (name, run) => navigator.locks ? navigator.locks.request(PREFIX + name, run) : run();

const memory = {};
const disk = run => { try { return run(localStorage); } catch { return null; } };
const get = key => memory[PREFIX + key] ?? disk(d => d.getItem(PREFIX + key));
const put = (key, value) => {
	key = PREFIX + key;
	delete memory[key];
	if (value == null) disk(d => d.removeItem(key));
	else if (!disk(d => { d.setItem(key, value); return 1; })) memory[key] = String(value);
};

function mount(host) {
	const opt = { ...tag.dataset }, page = {}, msgs = new Map(), timers = {}, stop = new AbortController();
	for (const { name, value } of tag.attributes) if (name.startsWith('data-page-')) page[name.slice(10)] = value.slice(0, 500);
	let token = get('token'), pressed = 0, desk, talk, queue, lang, t, seq = 0, whole, readSeq = +get('read') || 0, uploads = [], sending, draining, starting, greeting, catching, paging;
	let shown, menu = 0, note, fresh, toEnd, stick, due, lost, stalled = 0, tries = 0, ws, live, fails = 0, pollWait, typist, typedAt = 0, active;

	const later = (name, ms, run) => { clearTimeout(timers[name]); timers[name] = run && setTimeout(run, ms); };
	const offline = () => lost || !navigator.onLine;
	const holder = () => talk?.holder || 'bot';
	const messages = () => [...msgs.values()].sort((a, b) => a.seq - b.seq);
		const scrolledUp = () => log.scrollHeight - log.scrollTop - log.clientHeight > 48;
	const bottom = () => { log.scrollTop = log.scrollHeight; };

	function load() {
		const all = { ...disk(d => ({ ...d })), ...memory };
		queue = Object.keys(all).filter(key => key.startsWith(PREFIX + 'q:')).sort().map(key => JSON.parse(all[key]));
	}
	const save = item => { put(item.key, JSON.stringify(item)); load(); };
	const unsend = item => { put(item.key); load(); paint(); };
	function enqueue(item) {
		const at = Math.max(Date.now(), +(queue.at(-1)?.key.slice(2, 15) || 0) + 1);
		item = { client_id: newId(), ...item, failed: 0 };
		save({ ...item, key: `q:${at}:${item.client_id}` });
		toEnd = true; note = ''; paint(); up();
	}
	function reset() { msgs.clear(); seq = readSeq = 0; talk = whole = null; put('read'); ws?.close(); ws = live = null; }

	function take(answer, quiet) { // complete after a number that we named; quiet: history
		const before = seq, held = talk && holder() + talk.place, got = answer.messages || [];
		talk = answer.conversation || talk;
		for (const m of got) {
			msgs.set(m.seq, m);
			const sent = m.client_id && queue.find(item => item.client_id === m.client_id);
			if (sent) unsend(sent);
			seq = Math.max(seq, m.seq);
		}
		words();
		if (!quiet) {
			for (const m of messages()) if (m.seq > before && m.who !== 'customer') news(m);
			if (holder() === 'queue' && held !== 'queue' + talk.place) say(place());
		}
		paint();
	}
	function news(m) {
		say([m.author || t[m.who], m.text || m.file?.name || t.picture, ...(m.buttons || []).map(b => `${b.digit || ''} ${b.label}`)].filter(Boolean).join(': '));
		typist = 0; fresh = shown && scrolledUp();
	}
	function say(text) {
		voice.append(h('p', '', text));
		if (voice.childElementCount > 9) voice.firstChild.remove();
	}

	async function api(method, path, body, again) {
		const used = token, headers = used ? { Authorization: 'Bearer ' + used } : {};
		if (body) headers['Content-Type'] = 'application/json';
		let answer, data;
		try {
			answer = await fetch(new URL('web/' + path, BASE), { method, headers, body: body && JSON.stringify(body), credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout?.(20000) });
			data = path === 'export' ? await answer.blob() : answer.status !== 204 && await answer.json().catch(fault => { if (answer.ok) throw fault; });
		} catch {}
		const status = data == null && answer?.ok !== false ? 0 : answer.status, down = !status || status > 499;
		if (down !== lost) { lost = down; paint(); }
		if (status && answer.ok) return data;
		if (status === 401 && path !== 'hello' && !again) { await renew(used); return api(method, path, body, 1); }
		throw { status, code: data?.code, after: 1000 * answer?.headers.get('Retry-After'), later: down || [401, 408, 429].includes(status) };
	}
	function renew(bad) {
		if (get('token') === bad) put('token');
		if (token === bad) { token = null; reset(); }
		return hello();
	}
	const hello = keep => greeting ??= locked('hello', () => greet(keep)).finally(() => { greeting = null; });
	async function greet(keep) {
		token = get('token') || token;
		const body = { lang: get('lang') || opt.lang, page, token: token || undefined, identity: opt.identity };
		let answer;
		try { answer = await api('POST', 'hello', body); } catch (fault) {
			if (fault.status !== 401 || !(body.token || body.identity)) throw fault;
			if (fault.code === 'bad_identity') delete opt.identity;
			else put('token', token = null);
			return greet();
		}
		if (answer.token !== token) reset();
		if (!keep) put('token', token = answer.token);
		desk = answer.desk; whole ||= answer.messages.length < 50;
		readSeq = Math.max(readSeq, answer.conversation.read_seq || 0);
		take(answer, 1, 1); connect();
	}
	async function up() {
		if (starting) return;
		starting = 1;
		try {
			if (!desk || !token) await hello();
			tries = 0; connect(); drain();
		} catch (fault) { stalled ||= 1; later('up', fault.after || backoff(++tries), up); }
		starting = 0; paint();
	}
	function wake() {
		if (!desk && !tries) return;
		fails = tries = 0; lost = false;
		if (live) { catchUp(); later('beat', 30000, () => ws?.close()); }
		up(); drain(); paint();
	}
	async function drain() {
		if (draining || !desk) return;
		draining = 1; later('drain');
		await locked('send', async () => {
			for (;;) {
				load();
				const item = queue.find(i => !i.failed);
				if (!item) { stalled = 0; return; }
				const { client_id, text, payload, label, file } = item;
				try {
					take(await api('POST', 'messages', { client_id, text, payload, label, file, page, after: seq }));
					stalled = 0; unsend(item); connect();
				} catch (fault) {
					load();
					if (fault.later) { later('drain', fault.after || backoff(++stalled), drain); stalled ||= 1; return; }
					if (queue.some(i => i.key === item.key)) save({ ...item, failed: 1 });
				}
				paint();
			}
		}).catch(noop);
		draining = 0; paint();
		if (!stalled && queue.some(i => !i.failed)) drain();
	}
	const catchUp = () => catching ??= (async () => {
		for (let answer; !answer || answer.messages.length;) take(answer = await api('GET', 'messages?after=' + seq));
	})().catch(noop).finally(() => { catching = null; });
	function connect() {
		if (ws || !(shown || msgs.size)) return;
		const url = new URL('web/live', BASE), used = token, mine = run => event => { if (sock === ws) run(event); };
		url.protocol = url.protocol.replace('http', 'ws');
		let sock;
		const beat = () => later('beat', 75000, () => sock.close());
		try { sock = ws = new WebSocket(url); } catch { return poll(); }
		beat();
		sock.onopen = mine(() => sock.send(JSON.stringify({ token, after: seq })));
		sock.onmessage = mine(({ data }) => {
			const frame = JSON.parse(data);
			beat();
			if (frame.t === 'ping') push({ t: 'pong' });
			else if (frame.t === 'typing') typing(frame);
			else take(frame);
			if (frame.t === 'hi') { live = 1; fails = 0; lost = false; later('poll'); if (stalled) drain(); }
		});
		sock.onclose = mine(({ code }) => {
			ws = live = null; later('beat');
			if (code === 4401) renew(used).catch(noop);
			later('ws', backoff(++fails), connect);
			if (fails > 1 && !timers.poll) poll();
		});
	}
	const push = frame => { if (ws?.readyState === 1) ws.send(JSON.stringify(frame)); };
	function poll() {
		pollWait = document.hidden ? Math.min(15000, (pollWait || 3000) * 1.5) : 3000;
		later('poll', pollWait, () => catchUp().then(() => { if (!live) poll(); }));
	}
	function typing({ who, on }) {
		typist = on && who; later('typing', 8000, on && (() => typing({}))); paint();
	}
	function elsewhere({ key, newValue }) {
		if (!key?.startsWith(PREFIX)) return;
		key = key.slice(PREFIX.length);
		load();
		if (key === 'read') readSeq = +newValue;
		if (key === 'token' && newValue && newValue !== token || key === 'wipe') { reset(); token = get('token'); hello(1).then(up, noop); }
		paint();
	}
	async function older() {
		if (paging || whole || !msgs.size || log.scrollTop > 80) return;
		paging = 1;
		await api('GET', `messages?before=${Math.min(...msgs.keys())}&limit=50`).then(answer => {
			const tall = log.scrollHeight;
			for (const m of answer.messages) msgs.set(m.seq, m);
			whole = answer.messages.length < 50;
			draw(); log.scrollTop += log.scrollHeight - tall;
		}, noop);
		paging = 0;
	}

	function open(focus) {
		shown = toEnd = true; fresh = false; draw(); grow(); up();
		if (focus) (fine ? field : panel).focus();
	}
	function close() {
		const inside = panel.contains(shadow.activeElement);
		shown = false; menu = 0; draw();
		if (inside) root.querySelector('.launch').focus();
	}
	function press(payload, label) {
		if (!/^!\w+$/.test(payload) && Date.now() - pressed < 400) return; // a double tap is one press
		pressed = Date.now();
		setMenu(0);
		if (!queue.some(i => i.payload === payload && !i.failed)) enqueue({ payload, label });
		(fine ? field : log).focus();
	}
	function submit() {
		const text = field.value.trim();
		later('digit');
		if (!text) return;
		field.value = ''; grow(); push({ t: 'typing', on: false }); typedAt = 0;
		enqueue({ text });
	}
	function grow() {
		field.style.height = 'auto'; field.style.height = Math.min(field.scrollHeight + 2, 164) + 'px';
		put('draft', field.value || null);
	}
	function typed({ inputType }) {
		const key = field.value;
		grow();
		later('digit', 600, /^\d$/.test(key) && inputType === 'insertText' && (() => { if (digit(key)) { field.value = ''; grow(); } }));
		if (holder() === 'person' && Date.now() - typedAt > 3000) { typedAt = Date.now(); push({ t: 'typing', on: true }); }
	}
	function digit(key) {
		if (key === '0' && holder() === 'bot') { press('!operator', t.zero); return 1; }
		const found = messages().filter(m => m.buttons || m.who === 'customer').pop()?.buttons?.find(b => b.digit == key);
		if (found) press(found.payload, found.label);
		return found;
	}
	function onKey(event) {
		const { key, target } = event;
		if (event.isComposing || event.keyCode === 229) return;
		if (key === 'Escape') { event.stopPropagation(); if (menu) setMenu(0, 1); else close(); }
		if (key === 'Enter' && target === field && !event.shiftKey) { event.preventDefault(); submit(); }
		if (/^\d$/.test(key) && !field.value && !target.matches('input,textarea') && !(event.ctrlKey || event.altKey || event.metaKey) && digit(key)) event.preventDefault();
	}
	function warn(text) { note = text; say(text); paint(); later('note', 10000, () => { note = ''; paint(); }); }
	function attach(files) {
		const { max_mb: max, types = [] } = desk?.files || {};
		for (const file of files) {
			if (!types.includes(file.name.toLowerCase().split('.').pop())) warn(file.name + t.badFile);
			else if (file.size > max * 1048576) warn(file.name + t.bigFile + max);
			else uploads.push({ id: newId(), file, part: 0 });
		}
		toEnd = true; paint(); upload();
	}
	function upload(again) {
		const item = uploads.find(u => !u.failed);
		if (sending || !item) return;
		const xhr = item.xhr = sending = new XMLHttpRequest(), form = new FormData(), used = token;
		form.append('file', item.file);
		xhr.open('POST', new URL('web/files', BASE)); xhr.setRequestHeader('Authorization', 'Bearer ' + used); xhr.responseType = 'json';
		xhr.upload.onprogress = ({ loaded, total }) => { item.part = Math.floor(100 * loaded / total); paint(); };
		xhr.onloadend = () => {
			sending = null;
			if (xhr.status === 401 && !again) return renew(used).finally(() => upload(1)).catch(noop);
			const meta = xhr.response;
			if (meta?.id) { remove(item); enqueue({ file: meta.id, meta }); } else { item.failed = 1; paint(); }
			upload();
		};
		xhr.send(form);
	}
	function remove(item) { uploads = uploads.filter(u => u !== item); item.xhr?.abort(); paint(); }
	const download = () => { setMenu(0, 1); api('GET', 'export').then(blob => {
		const href = URL.createObjectURL(blob);
		h('a', { href, download: 'conversation.json' }).click();
		setTimeout(() => URL.revokeObjectURL(href), 60000);
	}).catch(() => warn(t.off)); };
	const wipe = () => { setMenu(0, 1); api('POST', 'forget').then(() => {
		for (const item of queue) put(item.key);
		load(); field.value = ''; grow(); uploads = []; reset(); put('wipe', Date.now());
		return hello().then(up);
	}).catch(() => warn(t.off)); };
	function setMenu(on, back) {
		if (menu === on) return;
		menu = on; draw();
		panel.querySelector(on ? '.menu button' : back ? '.dots' : 'none')?.focus();
	}

	const paint = () => { if (!due) { due = 1; queueMicrotask(() => { due = 0; draw(); }); } };
	function words() {
		lang = [get('lang'), opt.lang, talk?.lang, desk?.lang, document.documentElement.lang.slice(0, 2)].find(l => LANGS.includes(l)) || 'ru';
		t = Object.fromEntries(WORDS.map(([key, ...texts]) => [key, texts[LANGS.indexOf(lang)]]));
	}
	const label = (el, text) => el.setAttribute('aria-label', text);
	const clock = (at, date = new Date(at * 1000), today = date.toDateString() === new Date().toDateString()) =>
		date.toLocaleString(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...!today && { day: 'numeric', month: 'long' } });
	const units = (n, unit) => new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(n);
	const place = (n = talk.place - 1) => !talk.place ? t.wait : n < 1 ? t.next : n < 2 ? t.one : t.ahead.replace('#', n).replace(/((^|[^1])[2-4] человек)$/, '$1а');
	const initials = name => name.split(/\s+/).slice(0, 2).map(word => word[0]).join('');

	function fill(box, rows) {
		const old = box.rows || {}, now = box.rows = {};
		for (const key in rows) if (rows[key]) now[key] = rows[key];
		for (const key in old) if (!now[key]) old[key].remove();
		let at = box.firstChild;
		for (const key in now) {
			const was = old[key], controls = () => [...now[key].querySelectorAll('button,a')];
			if (was?.isEqualNode(now[key])) now[key] = was;
			else if (was) {
				const focus = [...was.querySelectorAll('button,a')].indexOf(active);
				if (at === was) at = now[key];
				was.replaceWith(now[key]);
				if (focus >= 0) (controls()[focus] || field).focus();
			}
			if (now[key] === at) at = at.nextSibling; else box.insertBefore(now[key], at);
		}
	}
	function draw() {
		words();
		if (shown && !document.hidden && seq > readSeq) {
			readSeq = seq; put('read', seq);
			later('read', 300, () => api('POST', 'read', { seq: readSeq }).catch(noop));
		}
		const unread = messages().filter(m => m.seq > readSeq && t[m.who]).length, who = holder(), off = offline();
		active = shadow.activeElement;
		root.lang = lang; label(root, t.support);
		if (desk?.accent && desk.accent !== '#0b6a6e') { root.className = 'r own'; root.style.setProperty('--own', desk.accent); }
		fill(root, {
			panel: shown && panel,
			launch: h('button', { class: 'launch', 'aria-label': unread ? t.unread.replace('#', unread) : t.support, 'aria-expanded': '' + !!shown, click: () => shown ? close() : open(1) }, icon('chat'), unread && quiet('span', 'count', unread)),
			voice,
		});
		if (!shown) return;
		stick = toEnd || !scrolledUp();
		label(panel, t.support); label(log, t.log); label(field, t.field);
		picker.accept = (desk?.files?.types || []).map(type => '.' + type);
		fill(comp, { clip: picker.accept && square('', t.clip, 'clip', () => picker.click()), field, send: square('send', t.send, 'send') });
		field.placeholder = who === 'queue' ? t.add : who === 'person' ? t.reply : t.ask;
		const name = who === 'person' && (talk.operator || t.operator);
		const hours = talk?.open && talk.until ? t.till + talk.until : talk?.opens ? t.from + talk.opens : '';
		fill(panel, {
			head: h('div', 'hd', name && quiet('span', 'face', initials(name)), h('div', 'grow', h('h2', '', name || desk?.name[lang] || t.support), h('p', '', name ? t.with : who === 'queue' ? t.calling : t.botHere + (hours && t.here + hours))),
				square('dots', t.more, 'dots', () => setMenu(menu ? 0 : 1), { 'aria-expanded': '' + !!menu }), square('', t.less, 'down', close)),
			menu: menu && drawMenu(),
			bar: (off || note) && h('p', 'bar', off && icon('off'), h('span', '', ...off ? [h('b', '', t.off), t.offHow] : [note])),
			ticket: talk?.ticket && ticket(talk.ticket),
			log,
			below: fresh && button('below', () => { fresh = false; bottom(); paint(); }, t.below),
			zero: zero(who, off),
			comp,
		});
		fill(list, rows(off));
		if (stick) bottom();
		toEnd = false;
		older();
	}
	function drawMenu() {
		const item = (label, click, lang) => h('button', { class: 'item', click, lang }, label);
		return h('div', 'menu', ...menu > 1 ? [h('p', '', t.wipe + t.wipeHow), button('btn', () => setMenu(0, 1), t.wipeNo), button('btn danger', wipe, t.wipeYes)] : [
			LANGS.filter(l => l !== lang && desk?.languages.includes(l)).map(l => {
				const own = WORDS[0][LANGS.indexOf(l) + 1];
				return item(own, () => { put('lang', l); press('!lang:' + l, own); }, l);
			}),
			item(t.restart, () => press('!restart', t.restart)), item(t.export, download), item(t.wipe, () => setMenu(2))]);
	}
	function ticket({ number, state, due, link: href }) {
		return link(web(href) || BASE, 'art tk', h('span', 'grow', h('b', '', t.ticket + number), h('small', '', [t[state], due && t.due + due].filter(Boolean).join(', '))), icon('right'));
	}
	function zero(who, off) {
		const key = quiet('span', 'key zero', '0'), go = (payload, text, cls) => button(cls, () => press(payload, text), text);
		if (who === 'person') return h('div', 'person', key, h('span', '', t.withPerson), go('!end', t.end));
		if (who === 'queue') {
			return h('div', 'wait', quiet('ol', '', Array.from({ length: Math.min(4, talk.place - 1) }, () => h('li', 'face', icon('user'))), h('li', 'face you', t.you)),
				h('h3', '', place()), h('p', '', talk.wait_min && t.takes.replace('#', units(talk.wait_min, 'minute')), t.canClose), go('!note', t.note, 'btn'), go('!bot', t.back, 'btn quiet'));
		}
		const small = off ? t.zeroOff : talk?.open ? talk.wait_min && t.usual + units(talk.wait_min, 'minute') : talk?.opens && t.from + talk.opens;
		return button('person', () => press('!operator', t.zero), key, t.zero, small && h('small', '', small));
	}
	function rows(off) {
		const all = messages(), last = all.filter(m => m.buttons?.length).pop(), known = all.map(m => m.client_id), out = {};
		for (const { client_id, text, label, meta, failed } of queue) if (!known.includes(client_id) && (text || label || meta)) all.push({ who: 'customer', text: text || label, client_id, file: meta, state: failed ? 'bad' : off || stalled ? 'wait' : '' });
		if (desk?.privacy && whole) out.law = h('p', 'law', desk.privacy[lang] + ' ', desk.policy_url && link(web(desk.policy_url), '', t.policy));
		all.forEach((m, i) => {
			const before = all[i - 1], cont = before?.who === m.who && before.author === m.author, mine = m.who === 'customer';
			if (mine && holder() !== 'bot' && i === all.length - 1) m = { state: 'done', ...m };
			out[mine && m.client_id || 's' + m.seq] = row(m, cont, m === last, m.buttons && all.slice(i + 1).find(next => next.who === 'customer')?.text);
		});
		for (const item of uploads) {
			out[item.id] = h('div', 'turn mine later', h('p', 'bub', item.file.name), h('p', item.failed ? 'st bad' : 'st', item.failed ? t.failed : t.sending + item.part + ' %',
				item.failed && button('', () => { item.failed = 0; upload(); paint(); }, t.again), button('', () => remove(item), t.cancel)));
		}
		if (typist && (typist === 'bot' || holder() === 'person')) out.typing = h('div', 'turn', h('span', 'vh', (talk?.operator || t[typist]) + t.typing), quiet('span', 'bub typing ' + typist, '•••'));
		if (talk?.contact_wanted && get('skip') !== String(talk.id)) out.contact = forms[lang] ??= contact();
		return out;
	}
	function row({ who, author, text, at, client_id, buttons, links, file, picture, state }, cont, last, answer) {
		if (who === 'system') return h('p', 'sys', h('span', '', text));
		const mine = who === 'customer', item = queue.find(i => i.client_id === client_id), image = (src, alt) => h('img', { class: 'pic', loading: 'lazy', src, alt });
		return h('div', 'turn' + (mine ? ' mine' : '') + (cont ? ' cont' : '') + (/bad|wait/.test(state) ? ' later' : ''),
			mine ? h('span', 'vh', t.you) : !cont && [h('small', '', author || t[who], who !== 'bot' && ', ' + clock(at)), quiet('span', 'face ' + who, who === 'bot' ? '0' : author ? initials(author) : icon('user'))],
			text && h('p', 'bub ' + who, text.split(/(https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)])/).map((part, i) => i % 2 ? link(part, '', part) : part)),
			picture && web(picture) && image(web(picture), t.picture),
			file && fileCard(file, image),
			(links || []).map(({ url, title }) => web(url) && link(web(url), 'art', icon('book'), h('span', 'grow', h('b', '', title), h('small', '', t.article)), icon('right'))),
			buttons?.length && h('div', { class: 'opts', role: 'group', 'aria-label': t.options }, buttons.map(({ payload, label, digit }) => button(`opt${label === answer ? ' on' : ''}${last ? '' : ' old'}`, () => press(payload, label),
				digit && h('span', 'key', digit), h('span', '', label), (label === answer || !last) && h('span', 'vh', last ? t.chosen : t.old)))),
			state && h('p', state === 'bad' ? 'st bad' : 'st', { bad: t.failed, wait: [icon('clock'), t.waits], done: [icon('check'), t.done] }[state],
				state === 'bad' && button('', () => { put(item.key); load(); enqueue(item); }, t.again), item && button('', () => { unsend(item); field.focus(); }, t.drop)));
	}
	function fileCard({ name, type, size, url }, image) {
		const href = url && web(url), inside = [icon('clip'), h('span', 'grow', h('b', '', name), h('small', '', units(Math.ceil(size / 1024), 'kilobyte')))];
		if (!href) return h('div', 'art', inside);
		return /^image\/(png|jpeg|gif|webp)$/.test(type) ? link(href, '', image(href, name)) : link(href, 'art', inside);
	}
	function contact() {
		const input = h('input', { class: 'field', id: 'contact', autocomplete: 'email', maxlength: 200 }), error = h('p', { class: 'err', id: 'error' });
		const bad = text => { error.textContent = text; input.setAttribute('aria-invalid', true); input.setAttribute('aria-describedby', 'error'); say(text); input.focus(); };
		const done = () => { put('skip', talk.id); paint(); field.focus(); };
		const submit = event => {
			const value = input.value.trim();
			event.preventDefault();
			if (!/^\S+@\S+\.\S+$|^\+?[\d\s().-]{7,}$/.test(value)) return bad(t.badContact);
			api('POST', 'contact', { contact: value }).then(done, fault => bad(fault.later ? t.off : t.badContact));
		};
		return h('form', { class: 'ask', submit }, h('label', { for: 'contact' }, t.contact), input, error, h('button', 'btn main', t.save), button('btn quiet', done, t.skip));
	}

	const list = h('div'), log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', tabindex: 0, scroll: () => { if (fresh && !scrolledUp()) { fresh = false; paint(); } older(); } }, list);
	const picker = h('input', { type: 'file', multiple: true, change: () => { attach(picker.files); picker.value = ''; } });
	const field = h('textarea', { class: 'field', rows: 1, maxlength: 4000, enterkeyhint: 'send', input: typed });
	const comp = h('form', { class: 'comp', submit: event => { event.preventDefault(); submit(); } });
	const files = data => event => { if (event[data]?.files.length) { event.preventDefault(); attach(event[data].files); } };
	const panel = h('div', { class: 'w', role: 'dialog', tabindex: -1, keydown: onKey, paste: files('clipboardData'), drop: files('dataTransfer'), dragover: event => event.dataTransfer.types.includes('Files') && event.preventDefault() });
	const voice = h('div', { class: 'vh', 'aria-live': 'polite' });
	const root = h('div', { class: 'r', role: 'region', 'data-theme': opt.theme }), forms = {}, shadow = host.shadowRoot || host.attachShadow({ mode: 'open' }), sheet = new CSSStyleSheet();
	sheet.replaceSync(CSS); shadow.adoptedStyleSheets = [sheet]; shadow.replaceChildren(root);
	log.addEventListener('load', () => stick && bottom(), true);
	panel.addEventListener('click', ({ target }) => { if (menu && !target.closest('.menu,.dots')) setMenu(0); });
	const on = (target, names, run) => names.split(' ').map(name => target.addEventListener(name, run, { signal: stop.signal }));
	on(window, 'online offline pageshow', wake); on(document, 'visibilitychange', wake); on(window, 'storage', elsewhere);
	field.value = get('draft') || ''; load(); draw();
	if (opt.open === 'yes') open(); else if (token || queue.length) up();
	host.open = about => { Object.assign(page, about); open(1); }; host.close = close;
	return () => { stop.abort(); Object.values(timers).map(clearTimeout); ws?.close(); ws = null; };
}
customElements.define('press-zero', class extends HTMLElement {
	connectedCallback() { this.stop = mount(this); }
	disconnectedCallback() { this.stop(); }
});
const start = () => document.querySelector('press-zero') || document.body.append(document.createElement('press-zero'));
if (document.body) start(); else addEventListener('DOMContentLoaded', start);
})();
