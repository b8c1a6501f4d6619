// The page where a lead edits files: the editor, drafts kept in this browser, findings as they type, saving.
import { EditorState, EditorView, HighlightStyle, autocompletion, bracketMatching, completionKeymap, defaultKeymap, drawSelection,
  foldGutter, foldKeymap, highlightActiveLine, highlightSpecialChars, history, historyKeymap, indentUnit, keymap, lineNumbers,
  lintGutter, lintKeymap, searchKeymap, setDiagnostics, syntaxHighlighting, tags, yaml } from './vendor/codemirror.js';
import { drafts, post, word } from './drafts.js';
import './tryout.js';

const page = document.getElementById('edit');
const file = page.dataset.file;
const state = document.getElementById('state');
let base = page.dataset.mark;
let theirs;
let later;
let asked = 0;
let gone; // the file as it was before it was deleted here

// The editor lives in a shadow root, where its styles are adopted sheets: the page's policy takes no inline style.
const host = document.getElementById('text').attachShadow({ mode: 'open' });
// Seen from the page, a key typed in a shadow root is typed in no field: the console's shortcuts must not take it.
document.getElementById('text').addEventListener('keydown', (event) => event.stopPropagation());
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--accent-text)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--text)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--text-2)' },
  { tag: [tags.number, tags.bool, tags.keyword, tags.content], color: 'var(--info-text)' },
]);
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: '13px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--text-2)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--hover)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { backgroundColor: 'var(--accent-line)' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--border-strong)', maxWidth: '460px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { color: 'inherit', fontStyle: 'normal' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)' },
  '.cm-panels input, .cm-panels button': { font: 'inherit', color: 'var(--text)', backgroundColor: 'var(--surface)' },
});

const kept = drafts.of(file);
const view = new EditorView({
  root: host,
  parent: host,
  state: EditorState.create({
    doc: kept ? kept.text : page.dataset.text,
    extensions: [
      lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), highlightSpecialChars(), highlightActiveLine(), bracketMatching(),
      indentUnit.of('  '), EditorState.tabSize.of(2), EditorView.lineWrapping, look, syntaxHighlighting(colours),
      ...(file.endsWith('.md') ? [] : [yaml()]),
      autocompletion({ override: [offers], activateOnTyping: true, icons: false }),
      keymap.of([{ key: 'Mod-s', run: () => { save(); return true; }, preventDefault: true },
        ...completionKeymap, ...defaultKeymap, ...historyKeymap, ...searchKeymap, ...foldKeymap, ...lintKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': word('text', { file }), tabindex: '0', spellcheck: 'false' }),
      EditorView.domEventHandlers({ beforeinput: replaced }),
      EditorView.updateListener.of((update) => { if (update.docChanged) typed(); }),
    ],
  }),
});

if (kept && kept.base !== base) conflict();
else if (kept) say('restored');
const line = Number(new URLSearchParams(location.search).get('line'));
if (line) go(line, 1);
judge();

// What replaces a selection is put in here: a browser that does it by itself keeps the old text's look in a style
// attribute, which the page's policy refuses.
function replaced(event, here) {
  if (event.inputType !== 'insertText' || event.data === null || here.composing) return false;
  let { from, to } = here.state.selection.main;
  const [range] = from === to ? event.getTargetRanges() : [];
  if (range && !range.collapsed) {
    from = here.posAtDOM(range.startContainer, range.startOffset);
    to = here.posAtDOM(range.endContainer, range.endOffset);
  }
  if (from >= to || here.state.selection.ranges.length > 1) return false;
  event.preventDefault();
  const insert = here.state.toText(event.data);
  here.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: 'input.type', scrollIntoView: true });
  return true;
}

function text() { return view.state.doc.toString(); }

function say(name, values) { state.textContent = name ? word(name, values) : ''; }

function typed() {
  gone = undefined;
  document.getElementById('gone').hidden = true;
  drafts.keep(file, text(), base);
  say('draft');
  clearTimeout(later);
  later = setTimeout(judge, 500);
}

// What is wrong, beside the lines and in the list below.
async function judge() {
  const mine = ++asked;
  const answer = await post('check', { name: file, drafts: gone ? drafts.all() : drafts.all(file, text()) });
  if (mine !== asked) return;
  if (answer.status === 429) { later = setTimeout(judge, 3000); return; }
  if (!answer.ok) return;
  show(answer.body.findings);
  document.getElementById('errors').textContent = answer.body.errors ? word('errors', { n: answer.body.errors }) : '';
}

function show(findings) {
  const doc = view.state.doc;
  const list = document.getElementById('problems');
  list.replaceChildren();
  const marks = [];
  for (const found of findings) {
    const item = document.createElement('li');
    item.className = found.severity;
    const own = found.file === file;
    const link = document.createElement(own ? 'button' : 'a');
    if (own) {
      link.type = 'button';
      link.onclick = () => { go(found.line, found.column); view.focus(); };
      const at = doc.line(Math.min(Math.max(found.line, 1), doc.lines));
      const from = Math.min(at.from + Math.max(found.column - 1, 0), at.to);
      const end = doc.sliceString(from, at.to).search(/[\s,}\]]|$/);
      marks.push({ from, to: Math.max(from + end, Math.min(from + 1, at.to)), severity: found.severity, message: `${found.message} ${found.hint}` });
    } else {
      link.href = `/console/edit?file=${encodeURIComponent(found.file)}&line=${found.line}`;
    }
    link.textContent = `${own ? word('line', { n: found.line }) : `${found.file}:${found.line}`} · ${found.code} · ${found.message}`;
    if (found.hint) {
      const hint = document.createElement('small');
      hint.textContent = found.hint;
      link.append(hint);
    }
    item.append(link);
    list.append(item);
  }
  if (!findings.some((found) => found.file === file)) {
    const item = document.createElement('li');
    item.textContent = word('clean');
    list.prepend(item);
  }
  view.dispatch(setDiagnostics(view.state, marks.sort((a, b) => a.from - b.from)));
}

function go(number, column) {
  const at = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
  const where = Math.min(at.from + Math.max(column - 1, 0), at.to);
  view.dispatch({ selection: { anchor: where }, effects: EditorView.scrollIntoView(where, { y: 'center' }) });
}

// What can be typed next.
async function offers(context) {
  const before = context.matchBefore(/[\w./?{-]*/);
  const at = context.state.doc.lineAt(context.pos);
  const typing = before && before.from < before.to;
  const open = /[:[{,] ?$|^\s*(- )?$/.test(at.text.slice(0, context.pos - at.from));
  if (!context.explicit && !typing && !open) return null;
  const answer = await post('complete', { name: file, line: at.number, column: context.pos - at.from + 1, drafts: { [file]: context.state.doc.toString() } });
  if (!answer.ok || !answer.body.offers.length) return null;
  const hole = /\$\{[\w.]*$/.exec(at.text.slice(0, context.pos - at.from));
  const from = hole ? context.pos - hole[0].length + 2 : before ? before.from : context.pos;
  return {
    from,
    validFor: /^[\w./-]*$/,
    options: answer.body.offers.map((offer, n) => ({ label: offer.label, detail: offer.about, apply: offer.apply || offer.label, boost: -n / 4 })),
  };
}

// Saving, and what to do when somebody was first.
async function save() {
  say('saving');
  const sent = text();
  const answer = await post('save', { name: file, text: sent, base });
  if (answer.status === 409 && answer.body.code === 'taken') { conflict(answer.body.now); return; }
  if (!answer.ok) { state.textContent = answer.body?.detail || word(answer.status ? 'failed' : 'offline'); return; }
  base = answer.body.mark;
  gone = undefined;
  document.getElementById('gone').hidden = true;
  document.getElementById('taken').hidden = true;
  if (text() === sent) { drafts.drop(file); say('saved'); } else { drafts.keep(file, text(), base); say('draft'); }
  judge();
}

async function conflict(now) {
  if (!now) {
    const answer = await fetch(`/console/edit/file?name=${encodeURIComponent(file)}`);
    if (!answer.ok) return;
    now = await answer.json();
  }
  theirs = now;
  if (theirs.text === text()) { base = theirs.mark; drafts.drop(file); say('saved'); return; }
  const bar = document.getElementById('taken');
  bar.querySelector('span').textContent = word('taken', { who: now.by || word('somebody') });
  document.querySelector('#theirs pre').textContent = now.text;
  bar.hidden = false;
  say('draft');
}

// Deleting, and taking that back while the page is open.
async function remove() {
  const answer = await post('remove', { name: file, base });
  if (answer.status === 409 && answer.body.code === 'taken') { conflict(answer.body.now); return; }
  if (!answer.ok) { state.textContent = answer.body?.detail || word(answer.status ? 'failed' : 'offline'); return; }
  clearTimeout(later);
  drafts.drop(file);
  base = '';
  gone = { text: answer.body.text };
  document.getElementById('taken').hidden = true;
  document.getElementById('gone').hidden = false;
  document.getElementById('do-undo').focus();
  say('deleted');
  judge();
}

document.getElementById('do-delete').onclick = remove;
document.getElementById('do-undo').onclick = async () => {
  const { text: was } = gone;
  if (text() !== was) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: was } });
  await save();
  view.focus();
};
document.getElementById('do-save').onclick = save;
document.getElementById('take-theirs').onclick = () => {
  base = theirs.mark;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: theirs.text } });
  drafts.drop(file);
  document.getElementById('taken').hidden = true;
  say('saved');
  view.focus();
};
document.getElementById('keep-mine').onclick = () => {
  base = theirs.mark;
  drafts.keep(file, text(), base);
  document.getElementById('taken').hidden = true;
  view.focus();
};
document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyS') { event.preventDefault(); if (!host.activeElement) save(); }
});
for (const link of document.querySelectorAll('.files a[data-file]')) link.classList.toggle('drafted', Boolean(drafts.of(link.dataset.file)));
if (matchMedia('(max-width: 1000px)').matches) document.querySelector('.files').open = false;
document.querySelector('.files [aria-current]')?.scrollIntoView({ block: 'nearest' });
