// A strict cookie is not sent along with a link from another place: ask once more from here before asking for the password.
const next = document.querySelector('[name=next]').value;
const answer = await fetch(`/console/login?next=${encodeURIComponent(next)}`, { redirect: 'manual' });
if (answer.type === 'opaqueredirect') location.replace(next);
