// Keys of the console, by their place on the keyboard, so that they work in the Russian layout. Single ones can be switched off.
const OFF = 'pz:keys-off';
const press = (id) => document.getElementById(id)?.click();
const box = () => document.querySelector('reply-box');

function move(step) {
  const rows = [...document.querySelectorAll('.it')];
  const at = rows.indexOf(document.activeElement.closest('.it'));
  const from = at >= 0 ? at : rows.findIndex((row) => row.hasAttribute('aria-current'));
  rows[Math.max(0, Math.min(rows.length - 1, from + step))]?.focus();
}

function write(mode) {
  if (!box()) return;
  box().write(mode);
  box().field.focus();
}

function pane() {
  const panes = ['#queue .it', 'live-log', '#text', '#ctx', '.rail a'].map((each) => document.querySelector(each)).filter(Boolean);
  const at = panes.findIndex((each) => each === document.activeElement || each.contains(document.activeElement));
  panes[(at + 1) % panes.length]?.focus();
}

const SINGLE = {
  KeyJ: () => move(1), KeyK: () => move(-1), KeyA: () => press('do-take'), KeyR: () => write('say'), KeyN: () => write('note'),
  KeyT: () => press('do-transfer'), KeyB: () => press('do-release'), KeyE: () => press('do-resolve'), KeyI: () => press('do-context'),
  Slash: (event) => document.getElementById(event.shiftKey ? 'keys' : 'templates')?.showModal(),
};
let went = 0;

function single(event) {
  if (Date.now() - went < 1500) {
    went = 0;
    const link = document.querySelector(`[data-go="${event.code}"]`);
    if (link) return () => link.click();
  }
  if (event.code === 'KeyG') return () => { went = Date.now(); };
  return SINGLE[event.code];
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || document.querySelector('dialog[open]')) return;
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
    event.preventDefault();
    document.getElementById('find')?.focus();
  } else if (event.code === 'F6') {
    event.preventDefault();
    pane();
  } else if (event.code === 'Escape') {
    document.querySelector('.ctx.open')?.classList.remove('open');
    (document.querySelector('.it[aria-current]') || document.querySelector('.it'))?.focus();
  } else if (!event.ctrlKey && !event.altKey && !event.metaKey && !event.target.closest('input, textarea, select')) {
    if (localStorage.getItem(OFF)) return;
    const act = single(event);
    if (!act) return;
    event.preventDefault();
    act(event);
  }
});

const choice = document.getElementById('single-keys');
if (choice) {
  choice.checked = !localStorage.getItem(OFF);
  choice.addEventListener('change', () => (choice.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, 'yes')));
}
