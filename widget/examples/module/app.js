import { init } from "@conclude/widget";

const conclude = init({ key: CONCLUDE_KEY, api: CONCLUDE_API });

const on = (id, act) => document.getElementById(id).addEventListener("click", act);
const log = (text) => document.getElementById("log").appendChild(document.createElement("li")).append(text);

const fire = async (name) => {
  const { accepted, prompt } = await conclude.event(name);
  log(`${name} ${accepted ? "accepted" : "given up"}, ${prompt ? "asks" : "does not ask"}`);
};

on("sign-in", () => conclude.identify({ externalId: "module-ada", email: "ada@acme.com", name: "Ada" }));
on("sign-out", () => conclude.reset());
on("export", () => fire("report_exported"));
on("share", () => fire("report_shared"));

for (const name of ["seen", "reaction", "comment", "dismiss"]) conclude.on(name, (detail) => log(`${name} ${detail.reaction ?? ""}`));
