// The list renews itself, but never moves under the pointer or the focus: then rows change in place and new ones come last.
// A row that was clicked keeps the focus, but nobody is on the way with the keys: that is no reason to stand still.
const busy = (list) => list.matches(':hover') || (list.contains(document.activeElement) && document.activeElement.matches(':focus-visible'));
const list = () => document.getElementById('list');
let late = false;
let timer = 0;
let renewed = 0;
let scrolled = 0;
let focused = '';
let allowed = false; // an act of one's own, or the pointer gone: the next list may be in its own order
let moving = false;

// Soon after the first hint, and then at most every two seconds: every turn of every conversation is one.
function refresh() {
  if (timer) return;
  timer = setTimeout(() => {
    timer = 0;
    renewed = Date.now();
    if (list()) htmx.trigger(list(), 'refresh');
  }, Math.max(100, renewed + 2000 - Date.now()));
}

function merge(old, html) {
  const part = document.createElement('template');
  part.innerHTML = html;
  const fresh = new Set();
  for (const section of part.content.querySelectorAll('[data-section]')) {
    const own = old.querySelector(`[data-section="${section.dataset.section}"]`);
    if (!own) continue;
    own.querySelector('h2').replaceChildren(...section.querySelector('h2').childNodes);
    for (const row of section.querySelectorAll('.it')) {
      fresh.add(row.dataset.id);
      const same = old.querySelector(`.it[data-id="${row.dataset.id}"]`);
      if (same) {
        same.replaceChildren(...row.childNodes);
        same.classList.remove('gone');
        if (row.hasAttribute('aria-current')) same.setAttribute('aria-current', 'true'); else same.removeAttribute('aria-current');
      } else {
        own.querySelector('.empty')?.remove();
        own.append(row);
        htmx.process(row);
      }
    }
  }
  for (const row of old.querySelectorAll('.it')) row.classList.toggle('gone', !fresh.has(row.dataset.id));
}

document.addEventListener('htmx:configRequest', (event) => {
  if (event.target.id !== 'list') return;
  moving = allowed;
  allowed = false;
  const open = document.getElementById('talk')?.dataset.conversation;
  if (open) event.detail.parameters.set('open', open);
});
document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.target.id !== 'list') return;
  scrolled = document.getElementById('rows')?.scrollTop || 0;
  focused = document.activeElement.closest('.it')?.dataset.id || '';
  const still = event.target.matches(':hover') || (busy(event.target) && !moving);
  if (!still || event.detail.xhr.status >= 300) return;
  event.detail.shouldSwap = false;
  late = true;
  merge(event.target, event.detail.serverResponse);
});
document.addEventListener('htmx:afterSwap', (event) => {
  if (event.target.id !== 'list') return;
  document.getElementById('rows').scrollTop = scrolled;
  if (focused) event.target.querySelector(`.it[data-id="${focused}"]`)?.focus({ preventScroll: true });
});
document.addEventListener('htmx:afterRequest', (event) => {
  if (event.detail.requestConfig?.verb !== 'post') return;
  allowed = true;
  refresh();
});
document.addEventListener('pointerout', (event) => {
  if (!late || !list() || list().contains(event.relatedTarget)) return;
  late = false;
  allowed = true;
  refresh();
});
document.addEventListener('pz:rows', refresh);
document.addEventListener('pz:hi', refresh);
