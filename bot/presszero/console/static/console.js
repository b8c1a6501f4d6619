// The console's page: the socket, the list, keys and dialogs. The log and the reply box are elements of their own.
import { live } from './live.js';
import './log.js';
import './reply.js';
import './list.js';
import './keys.js';
import { outbox } from './outbox.js';

live.start();
outbox.start();

// Dialogs: a button names one. The browser keeps focus inside, closes on Esc and gives focus back.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-dialog]');
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.closest('#do-context, .shut')) document.getElementById('ctx')?.classList.toggle('open');
  const menu = document.querySelector('details.me[open]');
  if (menu && (opener || !menu.contains(event.target))) menu.open = false;
});

// Whatever an answer of the server changes, the dialog it was asked in is over.
document.addEventListener('htmx:afterRequest', (event) => event.target.closest('dialog')?.close());

document.addEventListener('submit', (event) => {
  if (event.target.id !== 'leave') return;
  for (const key of Object.keys(localStorage)) if (key.startsWith('pz:draft:')) localStorage.removeItem(key);
});

// Another conversation was opened: the title and the list follow it.
document.addEventListener('htmx:afterSwap', (event) => {
  if (event.target.id !== 'panes') return;
  const talk = document.getElementById('talk');
  document.title = document.title.replace(/^.* — (?=[^—]* — )|^/, `${talk.dataset.title} — `);
  htmx.trigger('#list', 'refresh');
});

// What changed on the server, shown here. Nobody's focus or half-made choice is taken away.
document.addEventListener('pz:state', ({ detail }) => {
  const head = document.getElementById('head');
  if (head && head.dataset.key !== detail.key) htmx.trigger(head, 'refresh');
  const log = document.querySelector('live-log');
  if (!log || log.dataset.known === detail.known) return;
  log.dataset.known = detail.known;
  know();
});

let unknown = false;
function know() {
  const known = document.getElementById('known');
  unknown = Boolean(known?.contains(document.activeElement) || known?.querySelector('.htmx-request'));
  if (known && !unknown) htmx.trigger(known, 'refresh');
}
document.addEventListener('focusout', (event) => {
  if (unknown && !document.getElementById('known')?.contains(event.relatedTarget)) setTimeout(know);
});
document.addEventListener('htmx:afterRequest', (event) => {
  if (unknown && event.target.closest('#known form')) setTimeout(know, 500);
});
document.addEventListener('pz:offline', ({ detail }) => {
  const bar = document.getElementById('offline');
  if (bar) bar.hidden = !detail;
  document.body.classList.toggle('is-offline', detail);
});

let collision;
document.addEventListener('pz:typing', ({ detail }) => {
  if (detail.who !== 'operator') return;
  const bar = document.getElementById('collision');
  if (!bar) return;
  clearTimeout(collision);
  bar.hidden = !detail.on || document.getElementById('head').hasAttribute('data-mine');
  bar.querySelector('[data-name]').textContent = detail.name;
  collision = setTimeout(() => { bar.hidden = true; }, 8000);
});
