// Signs a member of staff in, and shows the page that they came for.
const form = document.querySelector('form');
const told = document.querySelector('[role=status]');
const say = (name) => {
  told.textContent = told.dataset[name] ?? name;
};

async function signIn() {
  say('sending');
  const answer = await fetch('/api/staff/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  });
  if (answer.ok) return location.reload();
  return say((await answer.json()).detail);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  signIn().catch(() => say('failed'));
});
form.hidden = false;
