// Drafts of the desk's files, kept in this browser until they are saved; and how the page talks with the server.
const page = document.getElementById('edit');
const words = JSON.parse(page.dataset.words);
const MARK = 'pz:edit:';

export const word = (name, values = {}) => (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');

export const drafts = {
  of(file) {
    try { return JSON.parse(localStorage.getItem(MARK + file)); } catch { return null; }
  },
  keep(file, text, base) {
    try { localStorage.setItem(MARK + file, JSON.stringify({ text, base })); } catch { /* a full or closed store: the text is still on the page */ }
  },
  drop(file) { localStorage.removeItem(MARK + file); },
  // Every draft, with the text at hand in place of its own: the desk is judged as it would be.
  all(file, text) {
    const found = {};
    for (let n = 0; n < localStorage.length && Object.keys(found).length < 29; n += 1) {
      const key = localStorage.key(n);
      const kept = key.startsWith(MARK) ? this.of(key.slice(MARK.length)) : null;
      if (kept) found[key.slice(MARK.length)] = kept.text;
    }
    if (file && text !== undefined) found[file] = text;
    return found;
  },
};

export async function post(what, body) {
  try {
    const answer = await fetch(`/console/edit/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { ok: false, status: 0, body: null };
  }
}
