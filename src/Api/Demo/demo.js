// A small app that uses Conclude as any app would: identify, event, reset and the hooks, nothing else.
const $ = (selector) => document.querySelector(selector);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const draw = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// ---- The app: reports, their figures, and who may see them.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const REPORTS = [
  { id: "revenue", name: "Revenue overview", owner: "Finance", unit: "€k", values: [212, 224, 219, 241, 256, 250, 271, 268, 289, 301, 312, 334], regions: [46, 31, 15, 8] },
  { id: "churn", name: "Customer retention", owner: "Success", unit: "accounts", values: [410, 414, 421, 419, 430, 442, 448, 455, 451, 463, 470, 478], regions: [38, 29, 21, 12] },
  { id: "pipeline", name: "Sales pipeline", owner: "Sales", unit: "deals", values: [88, 95, 91, 104, 99, 118, 126, 121, 133, 129, 141, 152], regions: [41, 24, 22, 13] },
  { id: "support", name: "Support response", owner: "Support", unit: "tickets", values: [640, 655, 612, 633, 598, 571, 580, 566, 541, 529, 534, 512], regions: [35, 33, 20, 12] },
  { id: "usage", name: "Product usage", owner: "Product", unit: "k sessions", values: [61, 66, 72, 70, 79, 84, 88, 93, 97, 104, 109, 117], regions: [44, 28, 17, 11] },
];
const REGIONS = ["Europe", "North America", "Asia Pacific", "Rest of world"];
const INVITES = ["Katherine", "Linus", "Margaret", "Alan", "Edsger"];
const team = ["Ada", "Grace"];
let current = REPORTS[0];

const points = (values, width, height, top = 0) => {
  const low = Math.min(...values) * 0.85;
  const range = Math.max(...values) - low;
  return values.map((value, i) => [(i * width) / (values.length - 1), top + height - ((value - low) / range) * height]);
};
const path = (list) => "M" + list.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");

const showReport = () => {
  const { name, owner, unit, values, regions, schedule } = current;
  const last = values.at(-1);
  const total = values.reduce((sum, value) => sum + value, 0);
  $("#owner").textContent = `${owner} · updated today`;
  $("#title").textContent = name;
  $("#schedule").hidden = !schedule;
  $("#schedule").textContent = schedule ?? "";
  const change = ((last / values.at(-2) - 1) * 100).toFixed(1);
  const figure = (term, value, note, className = "") =>
    make("div", {}, make("dt", { textContent: term }), make("dd", {}, value, make("span", { className, textContent: note })));
  $("#figures").replaceChildren(
    figure("This month", `${last.toLocaleString("en")} `, `${change > 0 ? "+" : ""}${change} %`, change > 0 ? "up" : ""),
    figure("This year", `${total.toLocaleString("en")} `, unit),
    figure("Monthly average", Math.round(total / values.length).toLocaleString("en"), ""),
  );
  const line = points(values, 640, 150, 10);
  const svg = draw("svg", { viewBox: "0 0 640 190", role: "img", "aria-label": `${name} by month, from ${values[0]} to ${last} ${unit}` });
  for (const y of [10, 60, 110, 160]) svg.append(draw("path", { class: "grid", d: `M0 ${y}h640` }));
  svg.append(draw("path", { class: "area", d: path(line) + "L640 160L0 160Z" }), draw("path", { class: "line", d: path(line) }));
  svg.append(draw("circle", { class: "dot", cx: line.at(-1)[0], cy: line.at(-1)[1], r: 4.5 }));
  line.forEach(([x], i) => i % 2 || svg.append(draw("text", { x, y: 182, "text-anchor": i ? "middle" : "start" }, MONTHS[i])));
  $("#chart").replaceChildren(svg);
  $("#regions").replaceChildren(...regions.map((share, i) => {
    const bar = make("b");
    bar.style.width = `${share}%`;
    return make("div", {}, make("span", { textContent: REGIONS[i] }), make("i", {}, bar), make("span", { textContent: `${share} %` }));
  }));
  for (const button of document.querySelectorAll("[data-report]")) button.setAttribute("aria-current", button.dataset.report === current.id);
};

const showTeam = () => {
  $("#team").replaceChildren(...team.map((name) => make("span", { className: `avatar ${name.toLowerCase()}`, textContent: name[0], title: name })));
  $("#access").textContent = `${team.length} people can see this report`;
};

const showList = (query = "") => {
  const found = REPORTS.filter(({ name, owner }) => `${name} ${owner}`.toLowerCase().includes(query.trim().toLowerCase()));
  $("#nothing").hidden = found.length > 0;
  $("#reports").replaceChildren(...found.map((report) => {
    const spark = draw("svg", { class: "spark", viewBox: "0 0 40 24", "aria-hidden": "true" }, draw("path", { class: "line", d: path(points(report.values, 36, 18, 3)) }));
    const button = make("button", {}, spark, make("span", {}, make("strong", { textContent: report.name }), make("span", { className: "muted", textContent: report.owner })));
    button.dataset.report = report.id;
    button.onclick = () => {
      current = report;
      showReport();
    };
    return make("li", {}, button);
  }));
  showReport();
};

let toastTimer;
const toast = (text) => {
  $("#toast").textContent = text;
  $("#toast").classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("#toast").classList.remove("on"), 2600);
};

const ACTIONS = {
  report_exported: () => toast(`${current.name}.pdf is in your downloads`),
  report_shared: () => {
    navigator.clipboard?.writeText(`${location.origin}/demo#${current.id}`).catch(() => undefined);
    toast("Link copied");
  },
  report_scheduled: () => {
    current.schedule = "Every Monday, 09:00";
    showReport();
    toast(`${current.name} goes out every Monday`);
  },
  teammate_invited: () => {
    const name = INVITES[(team.length - 2) % INVITES.length];
    if (team.length < 7) team.push(name);
    showTeam();
    toast(`Invitation sent to ${name}`);
  },
  search_performed: () => showList($("[name=q]").value),
};

// ---- Conclude: who is here, what happened.
const USERS = {
  ada: { externalId: "demo_ada", name: "Ada", email: "ada@acme.example", companies: [{ id: "acme", name: "Acme", monthlySpend: 5000 }], traits: { plan: "pro", role: "analyst" } },
  grace: { externalId: "demo_grace", name: "Grace", email: "grace@acme.example", companies: [{ id: "acme", name: "Acme", monthlySpend: 5000 }], traits: { plan: "pro", role: "admin" } },
};
let user;

const signIn = (name) => {
  if (user === name) return;
  if (user) Conclude.reset?.();
  user = name;
  if (USERS[name]) Conclude.identify(USERS[name]);
  sessionStorage.setItem("demo-user", name);
  for (const button of document.querySelectorAll("[data-user]")) button.setAttribute("aria-pressed", button.dataset.user === name);
  $("[data-user=out]").textContent = name === "out" ? "Signed out" : "Sign out";
};

const fire = (event) => {
  addRow(event);
  Conclude.event(event);
};

// ---- The panel: every fire, and why it did or did not ask.
const WHY = {
  shown: "Asked",
  no_moment: "Not asked: not a moment yet. ",
  disabled: "Not asked: this moment is switched off",
  outside_schedule: "Not asked: outside its schedule",
  not_in_audience: "Not asked: this user is not in its audience",
  stale: "Not asked: the event came more than a minute late",
  response_cap: "Not asked: it has all the answers it wanted",
  once_per_user: "Not asked: this user was asked before, and once is enough",
  cooldown: "Not asked: asked recently",
  quiet_period: "Not asked: another question was asked recently",
  lease_held: "Not asked: another question is open",
  sampled_out: "Not asked: not in the sample this time",
  bot: "Not asked: this browser says that it is a bot",
};

const clock = (time) => {
  const date = new Date(time);
  const hours = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return date.toDateString() === new Date().toDateString()
    ? hours
    : `${date.toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" })}, ${hours}`;
};

const waiting = [];

const addEntry = (entry) => {
  $("#empty").hidden = true;
  $("#log").prepend(entry);
  while ($("#log").children.length > 50) $("#log").lastChild.remove();
};

const addRow = (event) => {
  const why = make("p", { textContent: "Sending…" });
  const row = make("li", {}, make("time", { textContent: new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" }) }), make("code", { textContent: event }), why);
  Object.assign(row.dataset, { testid: "demo-log-row", event, verdict: "" });
  waiting.push({ event, row, why });
  addEntry(row);
  setTimeout(() => {
    if (!row.dataset.verdict) why.textContent = "No answer yet. The widget keeps the event and tries again.";
  }, 5000);
};

const onVerdict = ({ event, verdict, until }) => {
  const index = waiting.findIndex((entry) => entry.event === event);
  if (index < 0) return;
  const [{ row, why }] = waiting.splice(index, 1);
  row.dataset.verdict = verdict;
  why.textContent = WHY[verdict] ?? `Not asked: ${verdict}`;
  if (until && verdict !== "shown") why.append(`, again from ${clock(until)}`);
  if (verdict === "no_moment") why.append(make("a", { href: "/moments/observed", textContent: "Create one on the dashboard" }));
};

const note = (text) => addEntry(make("li", { className: "answer", textContent: text }));

const listen = () => {
  Conclude.on("verdict", onVerdict);
  Conclude.on("reaction", ({ reaction }) => note(`Answered: ${reaction}`));
  Conclude.on("comment", ({ text }) => note(`Wrote: “${text}”`));
  Conclude.on("dismiss", () => note("Closed without another word"));
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-event], [data-user]");
  if (button?.dataset.user) return signIn(button.dataset.user);
  // The search button is its form's.
  if (!button || button.form) return;
  ACTIONS[button.dataset.event]();
  fire(button.dataset.event);
});
$(".search").addEventListener("submit", (event) => {
  event.preventDefault();
  ACTIONS.search_performed();
  fire("search_performed");
});
$("[name=q]").addEventListener("input", ({ target }) => target.value || showList());

showTeam();
showList();
signIn(sessionStorage.getItem("demo-user") ?? "ada");
if (Conclude.on) {
  listen();
} else {
  const script = $("script[data-key]");
  script.addEventListener("load", listen);
  script.addEventListener("error", () => note("The widget script did not load."));
}
