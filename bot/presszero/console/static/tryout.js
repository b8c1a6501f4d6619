// A conversation with the drafts, in the look of a channel, and the dialogue tests. Nothing here reaches a customer.
import { drafts, post, word } from './drafts.js';

const by = (id) => document.getElementById(id);
const said = by('said');
const channel = by('try-channel');
let begun = false;
let busy = false;

async function act(what) {
  if (busy) return;
  busy = true;
  by('stands').textContent = word('wait');
  const answer = await post('try', { drafts: what.do === 'start' ? drafts.all() : {}, act: { ...what, channel: channel.value, lang: by('try-lang').value } });
  busy = false;
  if (answer.ok) { shut(false); for (const line of answer.body.said) put(line); stand(answer.body); return; }
  begun = begun && what.do !== 'start' && answer.body?.code !== 'not_begun';
  if (what.do === 'start') shut(true);
  const found = answer.body?.findings;
  if (found?.length) { faults(found); return; }
  by('stands').textContent = answer.status === 429 ? word('many') : answer.body?.detail || word('offline');
}

// Without a conversation there is nobody to write to: the box stays closed until one begins.
function shut(closed) {
  for (const each of document.querySelectorAll('#try-text, #do-say, #phone button, [data-do]')) each.disabled = closed;
}

// Which file keeps the conversation from beginning.
function faults(found) {
  const wrong = found.filter((each) => each.severity === 'error');
  const link = document.createElement('a');
  const { file, line } = wrong[0] ?? found[0];
  link.href = `/console/edit?file=${encodeURIComponent(file)}&line=${line}`;
  link.textContent = `${file}:${line}`;
  by('stands').replaceChildren(`${word('faults', { n: (wrong.length || found.length) })} `, link);
}

function stand(found) {
  const where = found.holder === 'queue' ? word('queue') : found.holder === 'person' ? word('person') : found.at ? word('stands', { step: found.at }) : word('over');
  by('stands').textContent = [where, ...found.tickets.map((n) => word('ticket', { n }))].join(' · ');
}

function put(line) {
  const item = document.createElement('div');
  item.className = line.who;
  const text = document.createElement('p');
  text.textContent = line.author && line.who === 'operator' ? `${line.author}: ${line.text}` : line.text;
  item.append(text);
  for (const link of line.links) {
    const shown = document.createElement('p');
    shown.textContent = `↗ ${link.title} ${link.url}`;
    item.append(shown);
  }
  if (line.buttons.length) {
    for (const old of said.querySelectorAll('.buttons')) old.remove();
    const row = document.createElement('div');
    row.className = 'buttons';
    for (const each of line.buttons) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn';
      button.textContent = each.label;
      button.onclick = () => { mine(each.label); act({ do: 'press', text: each.payload, label: each.label }); };
      row.append(button);
    }
    item.append(row);
  }
  said.append(item);
  said.scrollTop = said.scrollHeight;
}

function mine(text) { put({ who: 'customer', text, buttons: [], links: [] }); }

async function begin() {
  said.replaceChildren();
  begun = true;
  by('do-begin').textContent = word('anew');
  await act({ do: 'start' });
}

async function dial(keys) {
  if (!begun) await begin();
  if (!begun) return;
  mine(keys);
  await act({ do: 'digits', text: keys });
}

by('do-begin').onclick = begin;
channel.onchange = () => {
  by('pane-try').className = channel.value;
  by('phone').hidden = channel.value !== 'voice';
  if (begun) begin();
};
by('try-lang').onchange = () => { if (begun) begin(); };
by('try-form').onsubmit = async (event) => {
  event.preventDefault();
  const field = by('try-text');
  const text = field.value.trim();
  if (!text || busy) return;
  if (!begun) await begin();
  if (!begun) return;
  field.value = '';
  if (channel.value === 'voice' && /^[0-9*#]+$/.test(text)) { await dial(text); return; }
  mine(text);
  await act({ do: 'text', text });
};
for (const key of by('phone').querySelectorAll('button')) key.onclick = () => dial(key.dataset.digit);
for (const button of document.querySelectorAll('[data-do]')) {
  button.onclick = async () => {
    if (!begun) await begin();
    if (begun) await act({ do: button.dataset.do, text: button.dataset.ask });
  };
}

// Tabs.
const tabs = [...document.querySelectorAll('.tryout [role="tab"]')];
function choose(tab) {
  for (const each of tabs) {
    const on = each === tab;
    each.setAttribute('aria-selected', String(on));
    each.tabIndex = on ? 0 : -1;
    by(each.getAttribute('aria-controls')).hidden = !on;
  }
}
for (const tab of tabs) {
  tab.onclick = () => choose(tab);
  tab.onkeydown = (event) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const next = tabs[(tabs.indexOf(tab) + 1) % tabs.length];
    choose(next);
    next.focus();
  };
}

// Tests.
by('do-test').onclick = async () => {
  if (busy) return;
  busy = true;
  by('do-test').disabled = true;
  by('tested').textContent = word('wait');
  by('outcomes').replaceChildren();
  const answer = await post('test', { drafts: drafts.all() });
  busy = false;
  by('do-test').disabled = false;
  if (!answer.ok) {
    const faults = answer.body?.findings?.length;
    by('tested').textContent = faults ? word('faults', { n: faults }) : answer.status === 429 ? word('many') : answer.body?.detail || word('offline');
    return;
  }
  const outcomes = answer.body.outcomes;
  const fell = outcomes.filter((each) => !each.passed);
  by('tested').textContent = [word('passed', { n: outcomes.length - fell.length }), ...(fell.length ? [word('fell', { n: fell.length })] : [])].join(', ');
  for (const each of fell) {
    const item = document.createElement('li');
    item.className = 'fell';
    const link = document.createElement('a');
    link.href = `/console/edit?file=${encodeURIComponent(each.file)}&line=${each.at || each.line}`;
    link.textContent = `${each.file}:${each.at || each.line}`;
    const log = document.createElement('pre');
    log.tabIndex = 0;
    log.textContent = each.log.join('\n');
    item.append(`${each.name}: ${each.sentence} `, link, log);
    by('outcomes').append(item);
  }
};
