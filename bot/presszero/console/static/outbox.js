// What an operator wrote and the desk has not confirmed: kept in the browser before it is sent, sent in order, each once.
// The same client id twice is one message, so after a cut everything is simply sent again.
import { live } from './live.js';

const SLOWEST = 15000;
const me = document.body.dataset.me;
const KEY = `pz:out:${me}`;
let kept = null; // when the browser gives no storage

function load() {
  try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return kept || []; }
}

function save(items) {
  kept = items;
  try { localStorage.setItem(KEY, JSON.stringify(items)); } catch { /* kept in memory */ }
  document.dispatchEvent(new CustomEvent('pz:outbox'));
}

class Outbox {
  #busy = false;
  #failed = 0;
  #timer = 0;

  start() {
    document.addEventListener('pz:sent', ({ detail }) => this.drop(detail));
    document.addEventListener('pz:back', () => this.flush());
    addEventListener('online', () => this.flush());
    this.flush();
  }

  get waits() {
    return this.#failed > 0 || !navigator.onLine;
  }

  of(conversation) {
    return load().filter((item) => item.conversation === conversation);
  }

  add(conversation, kind, text) {
    const id = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now();
    save([...load(), { id, conversation, kind, text, at: Date.now(), failed: '' }]);
    this.flush();
  }

  drop(id) {
    const items = load();
    if (items.some((item) => item.id === id)) save(items.filter((item) => item.id !== id));
  }

  again(id) {
    save(load().map((item) => (item.id === id ? { ...item, failed: '' } : item)));
    this.flush();
  }

  async flush() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      for (let item = this.#next(); item; item = this.#next()) await this.#send(item);
      this.#failed = 0;
    } catch {
      this.#failed += 1;
      document.dispatchEvent(new CustomEvent('pz:outbox'));
      this.#timer = setTimeout(() => this.flush(), Math.min(SLOWEST, 500 * 2 ** this.#failed));
    } finally {
      this.#busy = false;
    }
  }

  // A refused message holds back the later ones of its conversation only.
  #next() {
    const held = new Set();
    for (const item of load()) {
      if (held.has(item.conversation)) continue;
      if (!item.failed) return item;
      held.add(item.conversation);
    }
    return null;
  }

  async #send(item) {
    const answer = await fetch(`/console/c/${item.conversation}/${item.kind}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: item.id, text: item.text }),
    });
    if (answer.ok) {
      await live.catchUp().catch(() => {}); // the line is in the log before it leaves the outbox
      return this.drop(item.id);
    }
    if (answer.status === 401) {
      location.assign(`/console/login?next=${encodeURIComponent(location.pathname)}`);
      throw new Error('signed out');
    }
    if (answer.status >= 500 || answer.status === 429) throw new Error('later');
    const problem = await answer.json().catch(() => ({}));
    const box = document.querySelector('reply-box');
    if (answer.status === 409 && box && box.conversation === item.conversation) {
      this.drop(item.id); // the box takes the text back as its draft
      document.dispatchEvent(new CustomEvent('pz:held', { detail: { ...item, by: problem.detail } }));
      return undefined;
    }
    save(load().map((each) => (each.id === item.id ? { ...each, failed: problem.detail || String(answer.status) } : each)));
    return undefined;
  }
}

export const outbox = new Outbox();
