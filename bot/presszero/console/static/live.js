// One socket to the desk: hints for the list, and the lines of the open conversation by sequence number.
// Frames may be missed or repeated; what stands after the number we have is asked for again. Without a socket: polling.
const SLOWEST = 15000;
const say = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

class Live {
  #socket = null;
  #conversation = 0;
  #after = () => 0;
  #failed = 0;
  #timer = 0;
  #offline = null;
  #acted = Date.now();

  start() {
    addEventListener('online', () => this.#again(0));
    addEventListener('offline', () => { this.#socket?.close(); this.#tell(true); });
    for (const kind of ['pointermove', 'keydown']) addEventListener(kind, () => { this.#acted = Date.now(); }, { passive: true });
    setInterval(() => { if (Date.now() - this.#acted < 300000) this.send({ t: 'here' }); }, 30000);
    if (!this.#socket) this.#open();
  }

  // Keeps up with a conversation; `after` gives the number of the last line that is shown.
  watch(conversation, after) {
    this.#conversation = conversation;
    this.#after = after;
    this.#again(0);
  }

  send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  // Asks once, over HTTP: a gap was seen, or there is no socket.
  async catchUp() {
    const conversation = this.#conversation;
    const path = conversation ? `/console/c/${conversation}/lines?after=${this.#after()}` : '/console/list';
    const answer = await fetch(path, { headers: { 'hx-request': 'true' } });
    if (answer.status === 401) location.assign(`/console/login?next=${encodeURIComponent(location.pathname)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    if (conversation && conversation === this.#conversation) {
      const lines = await answer.json();
      say('pz:lines', lines);
      say('pz:state', lines);
    }
  }

  #open() {
    clearTimeout(this.#timer);
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const where = this.#conversation ? `?conversation=${this.#conversation}&after=${this.#after()}` : '';
    const socket = new WebSocket(`${scheme}://${location.host}/console/live${where}`);
    this.#socket = socket;
    socket.onmessage = (event) => { if (socket === this.#socket) this.#take(JSON.parse(event.data)); };
    socket.onclose = () => { if (socket === this.#socket) this.#lost(); };
  }

  #take(frame) {
    this.#failed = 0;
    this.#tell(false);
    if (frame.t === 'lines' && frame.from > this.#after()) this.catchUp().catch(() => {});
    else say(`pz:${frame.t}`, frame);
  }

  // No socket: ask over HTTP what we missed, and try the socket again, later each time.
  async #lost() {
    this.#failed += 1;
    try {
      await this.catchUp();
      this.#tell(false);
      say('pz:rows');
    } catch {
      this.#tell(true);
    }
    this.#again(Math.min(SLOWEST, 500 * 2 ** this.#failed) * (0.75 + Math.random() / 2));
  }

  #again(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), wait);
  }

  #tell(offline) {
    if (offline === this.#offline) return;
    this.#offline = offline;
    say('pz:offline', offline);
    if (!offline) say('pz:back');
  }
}

export const live = new Live();
