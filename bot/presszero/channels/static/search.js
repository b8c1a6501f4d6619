// Press Zero: search in the articles for any page of a site. <script src="https://help.example/search.js" data-lang="ru" defer></script>
(() => {
'use strict';
const tag = document.currentScript, BASE = new URL('.', tag.src), opt = tag.dataset;
const WORDS = {
	ru: { field: 'Поиск по справке', hint: 'Например: нет интернета', whole: 'Статья целиком', tab: ' (новая вкладка)', ask: 'Спросить бота об этом', all: 'Все результаты', none: 'Ничего не нашлось. Спросите другими словами или позовите человека.', found: 'Найдено статей: ', off: 'Поиск сейчас не отвечает. Попробуйте чуть позже.', close: 'Закрыть' },
	en: { field: 'Search the articles', hint: 'For example: no internet', whole: 'The whole article', tab: ' (new tab)', ask: 'Ask the bot about this', all: 'All results', none: 'Nothing found. Ask in other words, or call a person.', found: 'Articles found: ', off: 'Search does not answer now. Try a little later.', close: 'Close' },
};
const lang = [opt.lang, document.documentElement.lang.slice(0, 2)].find(each => WORDS[each]) || 'ru', t = WORDS[lang];
const DARK = '--surface:#1b1b19;--hover:#252522;--edge:#7f7b72;--border:#32312d;--text:#edebe6;--text-2:#bbb7ae;--words:#7fd9d5;--focus:#8ab4ff;color-scheme:dark';
const CSS = `:host{display:block;max-width:680px}
*{box-sizing:border-box;margin:0}
.r{--surface:#fff;--hover:#f5f3ef;--edge:#8b867c;--border:#e1ddd6;--text:#1d1c1a;--text-2:#53504a;--words:#07575b;--focus:#1d5bd6;color-scheme:light;position:relative;text-align:left;font:16px/24px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text)}
@media(prefers-color-scheme:dark){.r:not([data-theme=light]){${DARK}}}
.r[data-theme=dark]{${DARK}}
input{width:100%;min-height:48px;padding:10px 16px;border:1px solid var(--edge);border-radius:12px;background:var(--surface);color:inherit;font:inherit}
input::placeholder{color:var(--text-2);opacity:1}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.box{position:absolute;z-index:2147482000;left:0;right:0;top:100%;max-height:min(480px,70vh);margin-top:4px;overflow:auto;padding:8px;border:1px solid var(--border);border-radius:12px;background:var(--surface);box-shadow:0 8px 32px rgb(29 28 26/.2)}
.box[hidden]{display:none}
ul{padding:0;list-style:none}
li{padding:10px 12px;border-radius:8px;overflow-wrap:anywhere}li:hover{background:var(--hover)}
li>a{font-weight:600}
a{color:var(--words);text-underline-offset:3px}
p{margin:4px 0;color:var(--text-2);font-size:15px;line-height:22px}
.row{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:14px;line-height:20px}
button{min-height:24px;padding:0;border:0;background:none;color:var(--words);font:inherit;text-decoration:underline;text-underline-offset:3px;cursor:pointer}
.say{padding:4px 12px;font-size:14px;line-height:20px}.say:empty{display:none}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`;
const h = (name, props, ...kids) => {
	const el = document.createElement(name);
	for (const key in props) if (props[key]?.call) el.addEventListener(key, props[key]); else if (props[key]) el.setAttribute(key, props[key]);
	el.append(...kids.filter(Boolean));
	return el;
};
const at = path => new URL(path, BASE);
const link = (path, text, other) => h('a', { href: at(path), target: '_blank', rel: 'noopener', lang: other !== lang && other }, text, h('span', { class: 'vh' }, t.tab));
const chat = () => [...document.querySelectorAll('press-zero')].find(el => el.open?.call);

function mount(host) {
	let timer, asked = 0;
	const say = h('p', { class: 'say', role: 'status' }), list = h('ul'), all = h('p', { class: 'say' });
	const box = h('div', { class: 'box', hidden: 'hidden', role: 'region', 'aria-label': t.field }, say, list, all);
	const field = h('input', { type: 'search', name: 'q', autocomplete: 'off', placeholder: t.hint, 'aria-label': t.field, input: typed, focus: () => { if (list.children.length) box.hidden = false; } });
	const form = h('form', { role: 'search', action: at(`kb/${lang}/search`), target: '_blank', rel: 'noopener' }, field);
	const root = h('div', { class: 'r', 'data-theme': opt.theme, keydown: ({ key }) => { if (key === 'Escape') { field.focus(); box.hidden = true; } } }, form, box);
	const shadow = host.attachShadow({ mode: 'open' }), sheet = new CSSStyleSheet();
	root.lang = lang;
	sheet.replaceSync(CSS); shadow.adoptedStyleSheets = [sheet]; shadow.append(root);
	root.addEventListener('focusout', ({ relatedTarget }) => { if (relatedTarget && !root.contains(relatedTarget)) box.hidden = true; });
	document.addEventListener('click', event => { if (!event.composedPath().includes(host)) box.hidden = true; });

	function typed() {
		clearTimeout(timer);
		const number = ++asked, text = field.value.trim();
		if (text.length < 2) { box.hidden = true; list.replaceChildren(); return; }
		timer = setTimeout(async () => {
			let answer;
			try { answer = await (await fetch(at(`kb/${lang}/suggest?full=yes&q=${encodeURIComponent(text)}`), { credentials: 'omit' })).json(); } catch {}
			if (number === asked) show(answer, text);
		}, 200);
	}
	function show(answer, text) {
		const { passages = [], titles = [] } = answer || {}, many = passages.length + titles.length;
		list.replaceChildren(...passages.map(row), ...titles.map(each => h('li', 0, link(each.url, each.title, each.lang))));
		say.textContent = !answer?.kind ? t.off : many ? t.found + many : t.none;
		all.replaceChildren(many ? link(`kb/${lang}/search?q=${encodeURIComponent(text)}`, t.all) : '');
		box.hidden = false;
	}
	function row({ title, text, url, article, lang: other }) {
		const ask = () => {
			const open = chat();
			box.hidden = true;
			if (open) open.open({ article, title: title.slice(0, 200) }); else window.open(at(`kb/${other}/${article}?chat=yes`), '_blank', 'noopener');
		};
		return h('li', { lang: other !== lang && other }, link(url, title), h('p', 0, text), h('div', { class: 'row' }, h('button', { type: 'button', click: ask }, t.ask)));
	}
}
if (!customElements.get('press-zero-search')) customElements.define('press-zero-search', class extends HTMLElement {
	connectedCallback() { if (!this.shadowRoot) mount(this); }
});
const place = document.querySelector(opt.into || 'press-zero-search');
if (opt.into && place) place.append(document.createElement('press-zero-search'));
else if (!place) tag.after(document.createElement('press-zero-search'));
})();
