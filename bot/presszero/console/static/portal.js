// Suggestions under the search field. The page works without this file.
for (const field of document.querySelectorAll('input[type=search][data-suggest]')) {
  const list = document.createElement('ul');
  list.className = 'suggest';
  list.id = `${field.id || 'find'}-list`;
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', field.getAttribute('aria-label'));
  field.after(list);
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-expanded', 'false');
  field.setAttribute('aria-controls', list.id);
  field.setAttribute('aria-autocomplete', 'list');
  field.autocomplete = 'off';
  let timer, asked = 0, at = -1;

  const close = () => { list.hidden = true; at = -1; field.setAttribute('aria-expanded', 'false'); field.removeAttribute('aria-activedescendant'); };
  const mark = () => {
    [...list.children].forEach((line, n) => line.setAttribute('aria-selected', String(n === at)));
    if (at < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', list.children[at].id);
  };
  const show = (found) => {
    list.replaceChildren(...found.map(({ title, url, lang }, n) => {
      const line = document.createElement('li');
      line.id = `${list.id}-${n}`;
      line.setAttribute('role', 'option');
      line.setAttribute('aria-selected', 'false');
      line.lang = lang;
      line.dataset.url = url;
      line.textContent = title;
      return line;
    }));
    at = -1;
    list.hidden = !found.length;
    field.setAttribute('aria-expanded', String(!!found.length));
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    const number = ++asked, typed = field.value.trim();
    if (typed.length < 2) return close();
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`);
        if (answer.ok && number === asked) show(await answer.json());
      } catch { close(); }
    }, 150);
  });
  field.addEventListener('keydown', (event) => {
    const many = list.children.length;
    if (event.key === 'Escape') close();
    else if (list.hidden || !many) return;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      at = event.key === 'ArrowDown' ? (at + 1) % many : (at < 1 ? many : at) - 1;
      mark();
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      location.href = list.children[at].dataset.url;
    }
  });
  list.addEventListener('mousedown', (event) => {
    const line = event.target.closest('li');
    if (line) { event.preventDefault(); location.href = line.dataset.url; }
  });
  field.addEventListener('blur', close);
}
