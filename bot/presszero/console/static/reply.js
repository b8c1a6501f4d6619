// <reply-box>: a reply or a note. What is typed is a draft at once; what is sent is in the outbox before it leaves.
import { live } from './live.js';
import { outbox } from './outbox.js';

const me = document.body.dataset.me;
const TYPING = 3000;

class ReplyBox extends HTMLElement {
  #stop = new AbortController();
  #typed = 0;
  mode = 'say';

  connectedCallback() {
    const signal = this.#stop.signal;
    this.conversation = Number(this.dataset.conversation);
    this.words = JSON.parse(this.dataset.words);
    this.field = this.querySelector('textarea');
    this.saved = this.querySelector('#saved');
    this.tabs = { say: this.querySelector('#tab-reply'), note: this.querySelector('#tab-note') };
    for (const [mode, tab] of Object.entries(this.tabs)) tab.addEventListener('click', () => this.write(mode));
    this.querySelector('[role=tablist]').addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') this.write(this.mode === 'say' ? 'note' : 'say', true);
    });
    this.field.addEventListener('input', () => this.#draft());
    this.field.addEventListener('keydown', (event) => this.#key(event));
    this.querySelector('form').addEventListener('submit', (event) => { event.preventDefault(); this.send(); });
    document.addEventListener('pz:outbox', () => this.#waiting(), { signal });
    document.addEventListener('pz:held', ({ detail }) => this.#held(detail), { signal });
    document.addEventListener('htmx:afterSwap', (event) => { if (event.target.id === 'head' || event.detail.elt?.id === 'head') this.#stands(); }, { signal });
    document.addEventListener('htmx:load', () => this.#stands(), { signal });
    const picks = document.getElementById('templates');
    picks.addEventListener('click', (event) => this.#pick(event.target.closest('.pick')));
    picks.addEventListener('input', (event) => this.#filter(picks, event.target.value));
    picks.addEventListener('close', () => this.field.focus());
    this.write('say', false);
    this.#waiting();
    this.#stands();
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  // Changes between a reply and a note; each has its own draft.
  write(mode, focusTab = false) {
    this.mode = mode;
    for (const [name, tab] of Object.entries(this.tabs)) {
      tab.setAttribute('aria-selected', String(name === mode));
      tab.tabIndex = name === mode ? 0 : -1;
    }
    this.classList.toggle('noting', mode === 'note');
    this.querySelector('#writing').setAttribute('aria-labelledby', this.tabs[mode].id);
    this.field.setAttribute('aria-label', mode === 'note' ? this.words.note : this.words.reply);
    this.querySelector('#send').firstChild.textContent = `${mode === 'note' ? this.words.save : this.words.send} `;
    this.field.value = this.#kept() || '';
    this.saved.textContent = this.field.value ? this.field.dataset.saved : '';
    this.#grow();
    this.#stands();
    if (focusTab) this.tabs[mode].focus();
  }

  // A message that has to wait is in the log at once, outlined; another person's conversation keeps the draft here.
  send() {
    const text = this.field.value.trim();
    if (!text || (this.mode === 'say' && document.getElementById('head').dataset.by)) return;
    this.field.value = '';
    this.#draft();
    this.#type(false);
    outbox.add(this.conversation, this.mode, text);
  }

  get #name() {
    return `pz:draft:${me}:${this.conversation}:${this.mode}`;
  }

  #kept() {
    try { return localStorage.getItem(this.#name); } catch { return ''; }
  }

  #draft() {
    const text = this.field.value;
    try {
      if (text) localStorage.setItem(this.#name, text); else localStorage.removeItem(this.#name);
      this.saved.textContent = text ? this.field.dataset.saved : '';
    } catch { this.saved.textContent = ''; }
    this.#grow();
    if (text) this.#type(true);
  }

  #grow() {
    const lines = this.field.value.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / 70), 0);
    this.field.rows = Math.max(2, Math.min(6, lines));
  }

  #type(on) {
    const now = Date.now();
    if (on && now - this.#typed < TYPING) return;
    this.#typed = on ? now : 0;
    live.send({ t: 'typing', on, note: this.mode === 'note' });
    clearTimeout(this.quiet);
    if (on) this.quiet = setTimeout(() => this.#type(false), 6000);
  }

  #key(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.code === 'Slash' && !event.shiftKey && !event.ctrlKey && !event.altKey && !this.field.value) {
      event.preventDefault();
      document.getElementById('templates').showModal();
    }
  }

  #pick(pick) {
    if (!pick) return;
    const { field } = this;
    field.setRangeText(pick.dataset.text, field.selectionStart, field.selectionEnd, 'end');
    document.getElementById('templates').close();
    this.#draft();
  }

  #filter(picks, text) {
    for (const pick of picks.querySelectorAll('.pick')) {
      pick.parentElement.hidden = !pick.textContent.toLowerCase().includes(text.toLowerCase());
    }
  }

  // What stands under the field: whether an answer takes the conversation, or why it cannot be sent.
  #stands() {
    const head = document.getElementById('head');
    const by = this.mode === 'say' ? head?.dataset.by : '';
    const button = this.querySelector('#send');
    button.disabled = Boolean(by);
    const hint = by ? this.words.held.replace('{name}', by) : this.mode === 'say' ? head?.dataset.hint : '';
    if (this.querySelector('#hint').textContent !== hint) this.querySelector('#hint').textContent = hint;
  }

  #held(item) {
    if (item.conversation !== this.conversation) return;
    if (this.mode !== item.kind) this.write(item.kind);
    this.field.value = [item.text, this.field.value].filter(Boolean).join('\n');
    this.#draft();
    htmx.trigger('#head', 'refresh');
  }

  #waiting() {
    const lines = document.querySelector('live-log .lines');
    let part = lines.querySelector('.waiting');
    if (!part) {
      part = document.createElement('div');
      part.className = 'waiting';
      lines.append(part);
    }
    part.replaceChildren(...outbox.of(this.conversation).map((item) => this.#unsent(item)));
  }

  #unsent(item) {
    const make = (tag, name, text = '') => Object.assign(document.createElement(tag), { className: name, textContent: text });
    const box = make('div', item.kind === 'note' ? 'note later' : 'r later');
    const state = make('p', item.failed ? 'st bad' : 'st', item.failed ? `${this.words.failed}: ${item.failed}` : outbox.waits ? this.words.later : this.words.sending);
    if (item.failed) state.append(' ', this.#button(this.words.again, () => outbox.again(item.id)));
    if (item.failed || outbox.waits) state.append(' ', this.#button(this.words.drop, () => this.#unsend(item)));
    box.append(make('p', item.kind === 'note' ? 'txt' : 'bub op', item.text), state);
    return box;
  }

  #unsend(item) {
    outbox.drop(item.id);
    this.#held({ ...item });
  }

  #button(label, act) {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
    button.addEventListener('click', act);
    return button;
  }
}

customElements.define('reply-box', ReplyBox);
