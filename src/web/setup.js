// The page behind a link for staff: chooses a password, once. The token stands behind the # of the address, so that it
// reaches no log on its way; it goes into a path of the API over the same connection as the password.
const form = document.querySelector('form');
const told = document.querySelector('[role=status]');
const token = location.hash.slice(1);
const say = (name) => {
  told.textContent = told.dataset[name] ?? name;
};

async function look() {
  const answer = token ? await fetch(`/api/staff/invitations/${encodeURIComponent(token)}`) : { ok: false };
  if (!answer.ok) return say('unknown');
  const { type, email, name } = await answer.json();
  for (const field of form.querySelectorAll('[data-set-up]')) field.hidden = type !== 'set_up';
  for (const input of form.querySelectorAll('[data-set-up] input')) input.required = type === 'set_up';
  document.querySelector('[data-for]').textContent = [name, email].filter(Boolean).join(' · ');
  form.hidden = false;
  return say('ready');
}

async function send() {
  const given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
  const { again, ...body } = given;
  if (again !== body.password) return say('different');
  say('sending');
  const answer = await fetch(`/api/staff/invitations/${encodeURIComponent(token)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
    body: JSON.stringify(body),
  });
  if (answer.ok) {
    form.hidden = true;
    return say('done');
  }
  const { detail, errors = [] } = await answer.json();
  return say([detail, ...errors.map((error) => error.detail)].join(' '));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  send().catch(() => say('failed'));
});
look().catch(() => say('failed'));
