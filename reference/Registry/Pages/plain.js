const form = document.getElementById("case");
const answer = document.getElementById("answer");

async function ask(method) {
  if (!form.reportValidity()) return;
  answer.textContent = "One moment …";
  const path = "/api/submissions/" + encodeURIComponent(form.elements.number.value.trim());
  try {
    const headers = { "Withdrawal-Secret": form.elements.secret.value.trim().replace(/[^\x20-\x7e]/g, "") };
    const response = await fetch(path, { method, headers });
    if (response.status === 204) {
      answer.textContent = "Withdrawn. Platforms drop the hashes when they next refresh their list.";
      return;
    }
    const body = await response.json();
    if (!response.ok) answer.textContent = body.detail;
    else if (body.state === "listed") answer.textContent = `On the list since ${new Date(body.submitted).toLocaleString()}: ${body.items} item(s).`;
    else answer.textContent = "Withdrawn.";
  } catch {
    answer.textContent = "The server did not answer. Try again later.";
  }
}

form.addEventListener("submit", event => { event.preventDefault(); ask("GET"); });
document.getElementById("withdraw").addEventListener("click", () => ask("DELETE"));
