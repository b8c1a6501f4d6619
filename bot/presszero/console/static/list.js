// The list renews itself, but never moves under the pointer or the focus: then rows change in place and new ones come last.
const busy = (list) => list.matches(':hover') || list.contains(document.activeElement);
const list = () => document.getElementById('list');
let late = false;
let timer = 0;
let scrolled = 0;

function refresh() {
  clearTimeout(timer);
  timer = setTimeout(() => { if (list()) htmx.trigger(list(), 'refresh'); }, 150);
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
  const open = document.getElementById('talk')?.dataset.conversation;
  if (open) event.detail.parameters.set('open', open);
});
document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.target.id !== 'list') return;
  scrolled = document.getElementById('rows')?.scrollTop || 0;
  if (!busy(event.target) || event.detail.xhr.status >= 300) return;
  event.detail.shouldSwap = false;
  late = true;
  merge(event.target, event.detail.serverResponse);
});
document.addEventListener('htmx:afterSwap', (event) => {
  if (event.target.id !== 'list') return;
  document.getElementById('rows').scrollTop = scrolled;
  document.querySelector('.queue')?.classList.remove('slow');
});
document.addEventListener('pointerout', (event) => {
  if (!late || !list() || list().contains(event.relatedTarget) || list().contains(document.activeElement)) return;
  late = false;
  refresh();
});
document.addEventListener('pz:rows', refresh);
