// <live-log>: the lines of one conversation. The server escapes and writes them; here they are only put at the end, each once.
import { live } from './live.js';

class LiveLog extends HTMLElement {
  #stop = new AbortController();

  connectedCallback() {
    const on = (name, act) => document.addEventListener(name, (event) => act(event.detail), { signal: this.#stop.signal });
    this.lines = this.querySelector('.lines');
    this.told = 0;
    this.words = JSON.parse(this.dataset.words);
    on('pz:lines', (frame) => this.#add(frame));
    on('pz:line', (frame) => this.#again(frame));
    on('pz:state', (frame) => {
      this.#read(frame.read);
      if (frame.key !== this.dataset.key) this.#seen(true); // only who holds the conversation has read it: ask again
      this.dataset.key = frame.key;
    });
    on('pz:typing', (frame) => { if (frame.who === 'customer') this.#typing(frame.on); });
    on('pz:hi', () => this.#seen(true));
    on('visibilitychange', () => this.#seen());
    live.watch(Number(this.dataset.conversation), () => this.last);
    this.#read(Number(this.dataset.read));
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  get last() {
    return Number(this.dataset.last);
  }

  #add(frame) {
    if (frame.last <= this.last) return;
    const part = document.createElement('template');
    part.innerHTML = frame.html;
    for (const line of part.content.querySelectorAll('[data-seq]')) {
      if (Number(line.dataset.seq) <= this.last) line.remove();
      if (line.dataset.client) this.dispatchEvent(new CustomEvent('pz:sent', { bubbles: true, detail: line.dataset.client }));
    }
    const waiting = this.lines.querySelector('.waiting');
    this.lines.insertBefore(part.content, waiting);
    this.dataset.last = frame.last;
    this.#typing(false);
    this.#seen();
  }

  // A line that says something else now: edited, delivered, or not.
  #again(frame) {
    const old = this.lines.querySelector(`[data-seq="${Number(frame.seq)}"]`);
    const part = document.createElement('template');
    part.innerHTML = frame.html;
    const line = part.content.querySelector('[data-seq]');
    if (!old || !line || old.contains(document.activeElement)) return;
    line.classList.toggle('together', old.classList.contains('together'));
    old.replaceWith(line);
    this.#read(Number(this.dataset.read));
  }

  #read(seq) {
    for (const line of this.lines.querySelectorAll('.m-op[data-seq]')) {
      const mark = line.querySelector('.mark');
      if (Number(line.dataset.seq) <= seq && !mark.textContent) mark.textContent = this.words.read;
    }
  }

  #seen(again = false) {
    if (again) this.told = 0;
    if (document.visibilityState !== 'visible' || this.last <= this.told) return;
    this.told = this.last;
    live.send({ t: 'seen', seq: this.last });
  }

  #typing(on) {
    const line = document.getElementById('typing');
    clearTimeout(this.fading);
    line.textContent = on ? line.dataset.text : '';
    if (on) this.fading = setTimeout(() => { line.textContent = ''; }, 8000);
  }
}

customElements.define('live-log', LiveLog);
